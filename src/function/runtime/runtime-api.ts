// The client of the Lambda Runtime API (version 2018-06-01) over one raw keep-alive socket. An invocation's answer and the
// poll for the next event leave in one packet: node:http costs six times the CPU of this for each of the two requests.

import { connect, type Socket } from "node:net";
import type { FunctionError } from "../answer.js";
import { type HttpAnswer, HttpReader } from "./http-reader.js";

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
  /** Who waits for answers, in the order of the requests. */
  #waiting: Waiting[] = [];

  /** @param address HOST:PORT, as the variable AWS_LAMBDA_RUNTIME_API gives it. */
  constructor(address: string) {
    const colon = address.lastIndexOf(":");
    this.#host = colon < 0 ? address : address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
    this.#port = colon < 0 ? 80 : Number(address.slice(colon + 1));
  }

  /** Begins to connect, so that the handshake goes on while the function gets ready. */
  connect(): void {
    this.#socket ??= this.#open();
  }

  /** Waits for the next event, however long. */
  async next(): Promise<Invocation> {
    const [answer] = await this.#send(this.#get("/invocation/next"), 1);
    return invocationOf(answer!);
  }

  /**
   * Answers an invocation, then waits for the next event.
   * @returns the next invocation, and what the API had against the answer (its status and words), as with one over 6 MB.
   */
  async answerThenNext(
    requestId: string,
    answer: { readonly body: string } | { readonly error: FunctionError },
  ): Promise<{ readonly next: Invocation; readonly refusal: string | undefined }> {
    const post =
      "body" in answer
        ? this.#post(`/invocation/${requestId}/response`, answer.body)
        : this.#postError(`/invocation/${requestId}/error`, answer.error);
    const [first, second] = await this.#send(post + this.#get("/invocation/next"), 2);
    const refusal = first!.status < 300 ? undefined : `${first!.status} ${first!.body.toString()}`;
    // A server that ends the connection with its first answer never reads the poll behind it.
    return { next: second ? invocationOf(second) : await this.next(), refusal };
  }

  /** Tells why the function cannot start. */
  async initError(error: FunctionError): Promise<void> {
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

  #postError(path: string, error: FunctionError): string {
    return this.#post(path, JSON.stringify(error), `Lambda-Runtime-Function-Error-Type: ${error.errorType}\r\n`);
  }

  /**
   * Writes requests and collects their answers: fewer than `count` when the server ended the connection in between.
   * Tries once more on a new connection: an idle one may end just as it is written to, and the API refuses an answer
   * that it has already.
   */
  async #send(requests: string, count: number): Promise<HttpAnswer[]> {
    try {
      return await this.#sendOnce(requests, count);
    } catch {
      return await this.#sendOnce(requests, count);
    }
  }

  #sendOnce(requests: string, count: number): Promise<HttpAnswer[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ count, answers: [], resolve, reject });
      this.#socket ??= this.#open();
      this.#socket.write(requests);
    });
  }

  #open(): Socket {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    const reader = new HttpReader((answer) => {
      this.#deliver(answer);
      if (answer.last) socket.destroy();
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
      this.#giveUp(cause ?? new Error("The Runtime API ended the connection"));
    });
    return socket;
  }

  #deliver(answer: HttpAnswer): void {
    const first = this.#waiting[0];
    if (!first) throw new Error("The Runtime API sent an answer that nobody asked for");
    first.answers.push(answer);
    if (first.answers.length < first.count) return;
    this.#waiting.shift();
    first.resolve(first.answers);
  }

  #giveUp(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { answers, resolve, reject } of waiting) {
      if (answers.length > 0) resolve(answers);
      else reject(error);
    }
  }
}

interface Waiting {
  readonly count: number;
  readonly answers: HttpAnswer[];
  readonly resolve: (answers: HttpAnswer[]) => void;
  readonly reject: (error: Error) => void;
}

function invocationOf({ status, headers, body }: HttpAnswer): Invocation {
  const requestId = headers.get("lambda-runtime-aws-request-id");
  if (status !== 200 || !requestId) {
    throw new Error(`The Runtime API answered ${status} to a poll: ${body.toString().slice(0, 200)}`);
  }
  return { requestId, event: body.toString() };
}
