// Client of the Lambda Runtime API (version 2018-06-01) on one raw keep-alive socket. The response to an invocation and
// the poll for the next event are sent in one packet; each of the two requests costs a sixth of the CPU time of
// node:http.

import { connect, type Socket } from "node:net";
import type { InvocationError } from "../result.js";
import { HttpReader, type HttpResponse } from "./http-reader.js";

const version = "/2018-06-01/runtime";

export interface Invocation {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
}

export class RuntimeApi {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | undefined;
  /** Pending requests, in the order in which they were sent. */
  #pending: PendingRequests[] = [];

  /** @param address HOST:PORT, the value of AWS_LAMBDA_RUNTIME_API */
  constructor(address: string) {
    const colon = address.lastIndexOf(":");
    this.#host = colon < 0 ? address : address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
    this.#port = colon < 0 ? 80 : Number(address.slice(colon + 1));
  }

  /** Starts to connect, so that the handshake happens during the initialization of the function. */
  connect(): void {
    this.#socket ??= this.#open();
  }

  /** Waits for the next event, without a time limit. */
  async next(): Promise<Invocation> {
    const [response] = await this.#send(this.#get("/invocation/next"), 1);
    return invocationOf(response!);
  }

  /**
   * Sends the result of an invocation, then waits for the next event.
   * @returns the next invocation, and the API's error (status and body) if it rejected the result, such as one over 6
   * MB
   */
  async respondThenNext(
    requestId: string,
    result: { readonly body: string } | { readonly error: InvocationError },
  ): Promise<{ readonly next: Invocation; readonly rejection: string | undefined }> {
    const post =
      "body" in result
        ? this.#post(`/invocation/${requestId}/response`, result.body)
        : this.#postError(`/invocation/${requestId}/error`, result.error);
    const [first, second] = await this.#send(post + this.#get("/invocation/next"), 2);
    const rejection = first!.status < 300 ? undefined : `${first!.status} ${first!.body.toString()}`;
    // A server that closes the connection after the first response never reads the poll that follows.
    return { next: second ? invocationOf(second) : await this.next(), rejection };
  }

  /** Reports why the initialization failed. */
  async initError(error: InvocationError): Promise<void> {
    await this.#send(this.#postError("/init/error", error), 1);
  }

  #get(path: string): string {
    return `GET ${version}${path} HTTP/1.1\r\nHost: ${this.#host}:${this.#port}\r\n\r\n`;
  }

  #post(path: string, body: string, headers = ""): string {
    return (
      `POST ${version}${path} HTTP/1.1\r\nHost: ${this.#host}:${this.#port}\r\nContent-Type: application/json\r\n` +
      `${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
  }

  #postError(path: string, error: InvocationError): string {
    return this.#post(path, JSON.stringify(error), `Lambda-Runtime-Function-Error-Type: ${error.errorType}\r\n`);
  }

  /**
   * Sends requests and collects their responses: fewer than `count` if the server closed the connection in between.
   * Retries once on a new connection: an idle one may be closed while it is written to, and the API rejects a result
   * that it has already received.
   */
  async #send(requests: string, count: number): Promise<HttpResponse[]> {
    try {
      return await this.#sendOnce(requests, count);
    } catch {
      return await this.#sendOnce(requests, count);
    }
  }

  #sendOnce(requests: string, count: number): Promise<HttpResponse[]> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ count, responses: [], resolve, reject });
      this.#socket ??= this.#open();
      this.#socket.write(requests);
    });
  }

  #open(): Socket {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    const reader = new HttpReader((response) => {
      this.#deliver(response);
      if (response.last) socket.destroy();
    });
    socket.on("data", (packet) => {
      try {
        reader.push(packet);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    let cause: Error | undefined;
    socket.on("error", (error) => {
      cause = error;
    });
    socket.on("end", () => socket.destroy());
    socket.on("close", () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#rejectPending(cause ?? new Error("The Runtime API closed the connection"));
    });
    return socket;
  }

  #deliver(response: HttpResponse): void {
    const first = this.#pending[0];
    if (!first) throw new Error("The Runtime API sent an unexpected response");
    first.responses.push(response);
    if (first.responses.length < first.count) return;
    this.#pending.shift();
    first.resolve(first.responses);
  }

  #rejectPending(error: Error): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const { responses, resolve, reject } of pending) {
      if (responses.length > 0) resolve(responses);
      else reject(error);
    }
  }
}

interface PendingRequests {
  readonly count: number;
  readonly responses: HttpResponse[];
  readonly resolve: (responses: HttpResponse[]) => void;
  readonly reject: (error: Error) => void;
}

function invocationOf({ status, headers, body }: HttpResponse): Invocation {
  const requestId = headers.get("lambda-runtime-aws-request-id");
  if (status !== 200 || !requestId) {
    throw new Error(`The Runtime API responded to a poll with status ${status}: ${body.toString().slice(0, 200)}`);
  }
  return { requestId, event: body.toString() };
}
