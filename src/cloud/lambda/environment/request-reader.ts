// Parses HTTP/1.1 requests, as far as clients of the Runtime API use it: consecutive requests of a connection, possibly
// pipelined, with a body of known length, in chunks, or none. Not node:http, because each invocation takes two requests
// and node:http would cost more than everything else on that path.

export interface RuntimeRequest {
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** At most the reader's `bodyBytesMax` bytes of the body. */
  readonly body: Uint8Array;
  /** The length of the whole body, also when it was longer than `body`. */
  readonly bodyBytes: number;
  /** Whether the connection stays open after the response. */
  readonly keepAlive: boolean;
}

interface Head {
  readonly method: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly keepAlive: boolean;
}

/** The bytes are not an HTTP request; the connection cannot be used any further. */
export class MalformedRequest extends Error {}

/** Clients send a few hundred bytes; Node's own limit is 16 KB. */
const headBytesMax = 16 * 1024;

type Phase = "head" | "body" | "chunk-size" | "chunk" | "chunk-end" | "trailer";

const nothing = Buffer.alloc(0);

/** Parses the bytes of one connection into requests. */
export class RequestReader {
  readonly #bodyBytesMax: number;
  readonly #onContinue: () => void;
  #input: Buffer = nothing;
  #phase: Phase = "head";
  #head: Head | undefined;
  #parts: Buffer[] = [];
  #bodyBytes = 0;
  #keptBytes = 0;
  /** Bytes still to come of the body or of the present chunk. */
  #missing = 0;

  /** `onContinue` is called when a client waits for "100 Continue" before it sends its body. */
  constructor(bodyBytesMax: number, onContinue: () => void) {
    this.#bodyBytesMax = bodyBytesMax;
    this.#onContinue = onContinue;
  }

  /**
   * Adds received bytes and yields every request that is complete.
   * @throws MalformedRequest
   */
  *read(bytes: Buffer): Generator<RuntimeRequest> {
    this.#input = this.#input.length === 0 ? bytes : Buffer.concat([this.#input, bytes]);
    for (;;) {
      const request = this.#step();
      if (request === "more") return;
      if (request !== undefined) yield request;
    }
  }

  /**
   * Performs one step and returns a finished request, "more" when bytes are missing, or undefined when the next step
   * can follow.
   */
  #step(): RuntimeRequest | "more" | undefined {
    switch (this.#phase) {
      case "head":
        return this.#readHead();
      case "body":
        return this.#takeBody() ? this.#finish() : "more";
      case "chunk-size": {
        const line = this.#line();
        if (line === undefined) return "more";
        const size = /^([0-9a-fA-F]{1,8})[\t ]*(;.*)?$/.exec(line);
        if (!size) throw new MalformedRequest(`Invalid chunk size: ${line.slice(0, 40)}`);
        this.#missing = Number.parseInt(size[1]!, 16);
        this.#phase = this.#missing === 0 ? "trailer" : "chunk";
        return undefined;
      }
      case "chunk":
        if (!this.#takeBody()) return "more";
        this.#phase = "chunk-end";
        return undefined;
      case "chunk-end":
        if (this.#line() === undefined) return "more";
        this.#phase = "chunk-size";
        return undefined;
      case "trailer": {
        const line = this.#line();
        if (line === undefined) return "more";
        return line === "" ? this.#finish() : undefined;
      }
      default:
        return this.#phase satisfies never;
    }
  }

  #readHead(): RuntimeRequest | "more" | undefined {
    const end = this.#input.indexOf("\r\n\r\n");
    if (end > headBytesMax || (end < 0 && this.#input.length > headBytesMax)) {
      throw new MalformedRequest(`The request head exceeds ${headBytesMax} bytes`);
    }
    if (end < 0) return "more";
    const head = parseHead(this.#input.toString("latin1", 0, end));
    this.#input = this.#input.subarray(end + 4);
    this.#head = head;
    if (/\bchunked\b/i.test(head.headers.get("transfer-encoding") ?? "")) {
      this.#phase = "chunk-size";
    } else {
      const length = head.headers.get("content-length") ?? "0";
      if (!/^\d{1,15}$/.test(length)) throw new MalformedRequest(`Invalid Content-Length: ${length.slice(0, 40)}`);
      this.#missing = Number(length);
      this.#phase = "body";
      if (this.#missing === 0) return this.#finish();
    }
    if (this.#input.length === 0 && /^100-continue$/i.test(head.headers.get("expect") ?? "")) this.#onContinue();
    return undefined;
  }

  /** Consumes the available part of the body. Returns whether the body is complete. */
  #takeBody(): boolean {
    const part = this.#input.subarray(0, this.#missing);
    this.#input = this.#input.subarray(part.length);
    this.#missing -= part.length;
    this.#bodyBytes += part.length;
    const kept = part.subarray(0, this.#bodyBytesMax - this.#keptBytes);
    if (kept.length > 0) this.#parts.push(kept);
    this.#keptBytes += kept.length;
    return this.#missing === 0;
  }

  #line(): string | undefined {
    const end = this.#input.indexOf("\r\n");
    if (end < 0 && this.#input.length > headBytesMax) throw new MalformedRequest("Unterminated line");
    if (end < 0) return undefined;
    const line = this.#input.toString("latin1", 0, end);
    this.#input = this.#input.subarray(end + 2);
    return line;
  }

  #finish(): RuntimeRequest {
    const body = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    const request = { ...this.#head!, body, bodyBytes: this.#bodyBytes };
    this.#phase = "head";
    this.#head = undefined;
    this.#parts = [];
    this.#bodyBytes = 0;
    this.#keptBytes = 0;
    return request;
  }
}

function parseHead(text: string): Head {
  const [requestLine, ...lines] = text.split("\r\n");
  const parts = /^([A-Z]{1,16}) (\S{1,8192}) HTTP\/1\.([01])$/.exec(requestLine!);
  if (!parts) throw new MalformedRequest(`Invalid request line: ${requestLine!.slice(0, 40)}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) throw new MalformedRequest(`Invalid header: ${line.slice(0, 40)}`);
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const connection = headers.get("connection") ?? "";
  return {
    method: parts[1]!,
    path: parts[2]!.split("?", 1)[0]!,
    headers,
    keepAlive: parts[3] === "1" ? !/\bclose\b/i.test(connection) : /\bkeep-alive\b/i.test(connection),
  };
}
