// The Runtime API of one environment ("Using the Lambda runtime API" and "Extensions API" in AWS's documentation), on
// its own loopback port. This is the protocol only: the environment implements RuntimeEvents.

import { createServer, type Server, type Socket } from "node:net";
import { MalformedRequest, RequestReader, type RuntimeRequest } from "./request-reader.js";

/** The largest response of a function: 6 MB and 100 bytes, as in AWS's error message. */
export const responseBytesMax = 6 * 1024 * 1024 + 100;

/** What an environment does when the runtime calls its Runtime API. */
interface RuntimeEvents {
  /** The runtime polls for the next invocation. false: too many polls wait. */
  onNext(poll: Poll): boolean;
  /** false: this invocation was not delivered, or has its response. */
  onResponse(requestId: string, response: PostedBody): boolean;
  onError(requestId: string, error: PostedBody): boolean;
  /** The state of the runtime, if an initialization error is not allowed in it. */
  onInitError(error: PostedBody): "Ready" | "Running" | undefined;
  /** The response to an extension that registers itself. */
  onRegister(): { readonly functionName: string; readonly functionVersion: string; readonly handler: string };
}

/** A request for the next invocation that waits for its response. */
export interface Poll {
  /** The connection that it came over: the same object for all of its requests. */
  readonly connection: object;
  /** false once the client has closed the connection. */
  readonly isOpen: () => boolean;
  /** Sends the response. To be called once. */
  readonly deliver: (invocation: DeliveredInvocation) => void;
}

export interface PostedBody {
  /** Cut at `responseBytesMax`. */
  readonly body: Uint8Array;
  readonly bodyBytes: number;
  /** The header Lambda-Runtime-Function-Error-Type. */
  readonly errorType: string | undefined;
}

interface DeliveredInvocation {
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  readonly clientContext?: string;
  readonly payload: Uint8Array;
}

interface Reply {
  readonly status: string;
  readonly headers?: string;
  readonly body: string;
}

type Respond = (reply: Reply) => void;

const accepted: Reply = { status: "202 Accepted", body: '{"status":"OK"}\n' };
const invalidRequestId = failure("400 Bad Request", "InvalidRequestID", "Invalid request ID");
const tooLarge = failure(
  "413 Request Entity Too Large",
  "RequestEntityTooLarge",
  `Exceeded maximum allowed payload size (${responseBytesMax} bytes).`,
);

const forbiddenHost = failure("403 Forbidden", "ForbiddenHost", "The Host header is not the address of this API");
const forbiddenOrigin = failure("403 Forbidden", "ForbiddenOrigin", "Web pages are not allowed to call this API");
const tooManyPolls = failure("403 Forbidden", "TooManyPolls", "Too many requests wait for the next invocation");
/** Headers that browsers send, and runtimes do not. (Node's `fetch` sends Sec-Fetch-Mode.) */
const browserHeaders = ["origin", "referer", "sec-fetch-site"];

/** The message of AWS's Runtime Interface Emulator. */
function invalidTransition(state: string): Reply {
  return failure(
    "403 Forbidden",
    "InvalidStateTransition",
    `State transition from ${state} to InitError failed for runtime. Error: State transition is not allowed`,
  );
}

export class RuntimeApi {
  readonly #events: RuntimeEvents;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #address = "";

  constructor(events: RuntimeEvents) {
    this.#events = events;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Listens on a free loopback port and returns `127.0.0.1:port`. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => resolve());
    });
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The Runtime API has no port");
    this.#address = `127.0.0.1:${address.port}`;
    return this.#address;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    const reader = new RequestReader(responseBytesMax + 1, () => socket.write("HTTP/1.1 100 Continue\r\n\r\n"));
    socket.on("data", (bytes) => {
      // The reply to a response and the next invocation, if one waits, are sent together: each write wakes the
      // function's process.
      socket.cork();
      setImmediate(() => socket.uncork());
      try {
        for (const request of reader.read(bytes)) this.#handle(request, socket);
      } catch (error) {
        if (!(error instanceof MalformedRequest)) throw error;
        writeReply(socket, failure("400 Bad Request", "InvalidRequest", error.message), false);
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#sockets.delete(socket));
  }

  #handle(request: RuntimeRequest, socket: Socket): void {
    const respond: Respond = (reply) => writeReply(socket, reply, request.keepAlive);
    const rejection = this.#rejectionOf(request);
    if (rejection) {
      respond(rejection);
      return;
    }
    if (request.method === "GET" && request.path === "/2018-06-01/runtime/invocation/next") {
      const isQueued = this.#events.onNext({
        connection: socket,
        isOpen: () => socket.writable,
        deliver: (invocation) => writeInvocation(socket, invocation, request.keepAlive),
      });
      if (!isQueued) respond(tooManyPolls);
      return;
    }
    const outcome = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(request.path);
    if (outcome && request.method === "POST") {
      const [, requestId, kind] = outcome;
      const posted = postedBody(request);
      const known =
        kind === "response" ? this.#events.onResponse(requestId!, posted) : this.#events.onError(requestId!, posted);
      respond(!known ? invalidRequestId : posted.bodyBytes > responseBytesMax ? tooLarge : accepted);
      return;
    }
    const other = this.#others[`${request.method} ${request.path}`];
    if (other) other(request, respond);
    else respond(failure("404 Not Found", "NotFound", "404 page not found"));
  }

  /**
   * Only the function itself calls this API, by its address and not from a browser. A web page can reach the port, but
   * its requests say where they come from; and a name that resolves to this machine is not the API's own.
   */
  #rejectionOf({ headers }: RuntimeRequest): Reply | undefined {
    const host = headers.get("host");
    if (host !== undefined && host !== this.#address) return forbiddenHost;
    return browserHeaders.some((name) => headers.has(name)) ? forbiddenOrigin : undefined;
  }

  readonly #others: Readonly<Record<string, (request: RuntimeRequest, respond: Respond) => void>> = {
    "GET /2018-06-01/ping": (_, respond) => respond({ status: "200 OK", body: "pong" }),
    "POST /2018-06-01/runtime/init/error": (request, respond) => {
      const state = this.#events.onInitError(postedBody(request));
      respond(state === undefined ? accepted : invalidTransition(state));
    },
    "POST /2020-01-01/extension/register": (request, respond) =>
      respond({
        status: "200 OK",
        headers: `Lambda-Extension-Identifier: ${extensionId(request.headers.get("lambda-extension-name"))}\r\n`,
        body: JSON.stringify(this.#events.onRegister()),
      }),
    // Extensions wait here for events. None are sent, which suits extensions that only observe.
    "GET /2020-01-01/extension/event/next": () => {},
    "POST /2020-01-01/extension/init/error": (_, respond) => respond(accepted),
    "POST /2020-01-01/extension/exit/error": (_, respond) => respond(accepted),
    // As AWS's Runtime Interface Emulator does.
    "PUT /2022-07-01/telemetry": (_, respond) =>
      respond(failure("202 Accepted", "Telemetry.NotSupported", "Telemetry API is not supported")),
    "PUT /2020-08-15/logs": (_, respond) =>
      respond(failure("202 Accepted", "Logs.NotSupported", "Logs API is not supported")),
  };
}

function postedBody({ body, bodyBytes, headers }: RuntimeRequest): PostedBody {
  return { body, bodyBytes, errorType: headers.get("lambda-runtime-function-error-type") };
}

/** An identifier in the form of a UUID, which extensions send back. */
function extensionId(name = ""): string {
  const hex = Buffer.from(name.padEnd(16, "-")).toString("hex").slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function failure(status: string, errorType: string, errorMessage: string): Reply {
  return { status, body: `${JSON.stringify({ errorMessage, errorType })}\n` };
}

function writeReply(socket: Socket, { status, headers = "", body }: Reply, keepAlive: boolean): void {
  if (socket.destroyed) return;
  const close = keepAlive ? "" : "Connection: close\r\n";
  socket.write(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${headers}${close}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  if (!keepAlive) socket.end();
}

function writeInvocation(socket: Socket, invocation: DeliveredInvocation, keepAlive: boolean): void {
  if (socket.destroyed) return;
  const { requestId, deadlineMs, functionArn, traceId, clientContext, payload } = invocation;
  const head =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
    `Lambda-Runtime-Aws-Request-Id: ${requestId}\r\nLambda-Runtime-Deadline-Ms: ${deadlineMs}\r\n` +
    `Lambda-Runtime-Invoked-Function-Arn: ${functionArn}\r\nLambda-Runtime-Trace-Id: ${traceId}\r\n` +
    (clientContext === undefined ? "" : `Lambda-Runtime-Client-Context: ${clientContext}\r\n`) +
    (keepAlive ? "" : "Connection: close\r\n") +
    `Content-Length: ${payload.length}\r\n\r\n`;
  // One write: most invocations are small, and a second write would cost a packet or a gathering system call.
  const message = Buffer.allocUnsafe(head.length + payload.length);
  message.write(head, 0, "latin1");
  message.set(payload, head.length);
  socket.write(message);
  if (!keepAlive) socket.end();
}
