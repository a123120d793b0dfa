// The function outside Lambda: an HTTP server for containers, orchestrators and `tepal run`.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "../../base/index.js";
import { FunctionError } from "../errors.js";
import type { HttpResponse } from "../events/http.js";
import { internalErrorMessage } from "../result.js";
import { type Route, routes, type Served } from "./routes.js";

/** Lambda's limit for one invocation: a request that works here also works there. */
const requestBytesMax = 6 * 1024 * 1024;

interface ServerOptions extends Served {
  /**
   * The address to bind: 127.0.0.1 on a user's machine; 0.0.0.0 inside a container, whose engine publishes the port.
   */
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  readonly log: Log;
}

interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Stops accepting connections and resolves when the requests in flight are complete. */
  close(): Promise<void>;
}

/** @throws FunctionError "server-address" if it cannot listen on the address and port */
export async function startServer({ host, port, log, ...served }: ServerOptions): Promise<RunningServer> {
  // A static import would be hoisted to the top of the bundle and add 8 ms to every cold start.
  const { createServer } = await import("node:http");
  let closing = false;
  const server = createServer((request, response) => {
    respond(request, served)
      .catch((error: unknown): HttpResponse => {
        log.warn(`request failed: ${error instanceof Error ? error.message : "not an Error"}`);
        return { status: 500, body: message(internalErrorMessage) };
      })
      .then((result) => send(response, result, closing || !request.complete));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "another program is using it" : (error.code ?? error.message);
      reject(new FunctionError("server-address", `Cannot listen on ${host}:${port}: ${why}`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

interface Reply extends HttpResponse {
  readonly headers?: Readonly<Record<string, string>>;
}

async function respond(request: IncomingMessage, served: Served): Promise<Reply> {
  const path = (request.url ?? "/").split("?", 1)[0];
  const matching = routes.filter((route) => route.path === path);
  if (matching.length === 0) return { status: 404, body: message(`Path ${path} not found. Paths: ${listOf(routes)}`) };
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = matching.find((one) => one.method === method);
  if (!route) {
    const allow = matching.map((one) => one.method).join(", ");
    return {
      status: 405,
      body: message(`Method ${request.method} is not allowed for ${path}; use ${allow}`),
      headers: { Allow: allow },
    };
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    return { status: 413, body: message(`The body is larger than the maximum of ${requestBytesMax} bytes`) };
  }
  return await route.handle(body, served);
}

/** @returns undefined if the body is too large */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > requestBytesMax) return undefined;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > requestBytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** @param last whether to close the connection: after an unread request body, no other request can follow */
function send(response: ServerResponse, { status, body, headers }: Reply, last: boolean): void {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    ...(last && { Connection: "close" }),
    ...headers,
  });
  response.end(body);
}

function listOf(all: readonly Route[]): string {
  return all.map(({ method, path }) => `${method} ${path}`).join(", ");
}

function message(text: string): string {
  return JSON.stringify({ message: text });
}
