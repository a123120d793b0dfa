// The function outside Lambda: an HTTP server for containers, orchestrators and `tepal run`.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "../../base/index.js";
import { FunctionError } from "../errors.js";
import { type HttpRequest, type HttpResponse, messageResponse } from "../http/http.js";
import type { Served } from "../http/respond.js";
import { findRoutes, methodsOf, noRoute, runRoute } from "../http/routes.js";
import { type Handler, internalErrorMessage } from "../result.js";

/** Lambda's limit for one invocation: a request that works here also works there. */
const requestBytesMax = 6 * 1024 * 1024;

interface ServerOptions extends Served {
  /** Handles the events of AWS's emulator. */
  readonly handler: Handler;
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
export async function startServer({ host, port, handler, ...served }: ServerOptions): Promise<RunningServer> {
  // A static import would be hoisted to the top of the bundle and add 8 ms to every cold start.
  const { createServer } = await import("node:http");
  let closing = false;
  const server = createServer((request, response) => {
    respond(request, served, handler)
      .catch((error: unknown): HttpResponse => {
        served.log.warn(`request failed: ${error instanceof Error ? error.message : "not an Error"}`);
        return messageResponse(500, internalErrorMessage);
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

/**
 * The path of AWS's Lambda Runtime Interface Emulator: a failed invocation has HTTP status 200 and the error as its
 * payload. Unlike the emulator, which rejects a concurrent request with 400, it serves several requests at once.
 */
const invocationsPath = "/2015-03-31/functions/function/invocations";

async function respond(incoming: IncomingMessage, served: Served, handler: Handler): Promise<HttpResponse> {
  const path = (incoming.url ?? "/").split("?", 1)[0] ?? "/";
  const method = incoming.method === "HEAD" ? "GET" : (incoming.method ?? "GET");
  const isInvocation = path === invocationsPath;
  const matching = findRoutes(path);
  const methods = isInvocation ? ["POST"] : methodsOf(matching);
  if (!methods.includes(method)) {
    return noRoute({ method: incoming.method ?? "GET", path }, methods, [`POST ${invocationsPath}`]);
  }
  const body = await bodyOf(incoming);
  if (body === undefined) {
    return messageResponse(413, `The body is larger than the maximum of ${requestBytesMax} bytes`);
  }
  const request: HttpRequest = { method, path, header: (name) => headerOf(incoming, name), body };
  const found = matching.find(({ route }) => route.method === method);
  if (found) return runRoute(found, request, served);
  const result = await handler(body.toString("utf8"));
  return { status: 200, body: result.ok ? result.body : JSON.stringify(result.error) };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.join(", ");
}

/** @returns undefined if the body is too large */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > requestBytesMax) return undefined;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > requestBytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @param last whether to close the connection: after an unread request body, no other request can follow */
function send(response: ServerResponse, result: HttpResponse, last: boolean): void {
  const { status, body, contentType = "application/json", headers } = result;
  response.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    ...(last && { Connection: "close" }),
    ...headers,
  });
  response.end(body);
}
