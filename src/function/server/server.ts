// The function without Lambda: an HTTP server, the same in a container, under an orchestrator, and for `tepal run`.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "../../base/index.js";
import { faultMessage } from "../answer.js";
import { FunctionError } from "../errors.js";
import type { HttpResult } from "../events/http.js";
import { type Route, routes, type Served } from "./routes.js";

/** What Lambda takes in one invocation: a request that works here works there. */
const requestBytesMax = 6 * 1024 * 1024;

export interface ServerOptions extends Served {
  /** The address to bind: 127.0.0.1 on a person's machine; 0.0.0.0 inside a container, whose engine publishes the port. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, lets the requests under way end, and then resolves. */
  close(): Promise<void>;
}

/** @throws FunctionError "server-address" when the address or port cannot be had. */
export async function startServer({ host, port, log, ...served }: ServerOptions): Promise<RunningServer> {
  // A static import would be hoisted to the top of the bundle, and cost every start in Lambda 8 ms.
  const { createServer } = await import("node:http");
  let closing = false;
  const server = createServer((request, response) => {
    answer(request, served)
      .catch((error: unknown): HttpResult => {
        log.warn(`request failed: ${error instanceof Error ? error.message : "not an Error"}`);
        return { status: 500, body: message(faultMessage) };
      })
      .then((result) => send(response, result, closing || !request.complete));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "another program uses it" : (error.code ?? error.message);
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

interface Reply extends HttpResult {
  readonly headers?: Readonly<Record<string, string>>;
}

async function answer(request: IncomingMessage, served: Served): Promise<Reply> {
  const path = (request.url ?? "/").split("?", 1)[0];
  const here = routes.filter((route) => route.path === path);
  if (here.length === 0) return { status: 404, body: message(`Nothing is at ${path}. There is ${listOf(routes)}`) };
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = here.find((one) => one.method === method);
  if (!route) {
    const allow = here.map((one) => one.method).join(", ");
    return { status: 405, body: message(`${path} takes ${allow}, not ${request.method}`), headers: { Allow: allow } };
  }
  const body = await bodyOf(request);
  if (body === undefined) {
    return { status: 413, body: message(`The body is too large: at most ${requestBytesMax} bytes are taken`) };
  }
  return await route.answer(body, served);
}

/** @returns undefined when it is too large. */
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

/** @param last whether the connection ends with it: a body that was not read to its end cannot be followed by another request. */
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
