// Reads HTTP/1.1 answers from a socket's packets, however they are cut: status line and headers, then a body of known
// length, a chunked body, or none. Only what a Runtime API sends; anything else ends in an error and a new connection.

/** The headers of an invocation are under 2 KB; more than this is not a Runtime API. */
const headBytesMax = 64 * 1024;
/** Lambda's events are at most 6 MB, other hosts' a little more: beyond this a length is a mistake, not an event. */
const bodyBytesMax = 64 * 1024 * 1024;

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Whether the sender ends the connection after this answer. */
  readonly last: boolean;
}

type Head = Omit<HttpAnswer, "body">;
type State =
  | { readonly name: "head" }
  | { readonly name: "body"; readonly head: Head }
  | { readonly name: "chunk-size"; readonly head: Head }
  | { readonly name: "chunk"; readonly head: Head }
  | { readonly name: "chunk-end"; readonly head: Head }
  | { readonly name: "trailer"; readonly head: Head };

const endOfHead = Buffer.from("\r\n\r\n");
const endOfLine = Buffer.from("\r\n");
const noBytes = Buffer.alloc(0);

export class HttpReader {
  readonly #onAnswer: (answer: HttpAnswer) => void;
  #state: State = { name: "head" };
  /** Bytes not yet understood. Parts of a body that is still arriving are kept apart, so that none is copied twice. */
  #rest: Buffer = noBytes;
  #parts: Buffer[] = [];
  #partsBytes = 0;
  /** Bytes that the body or the chunk still lacks. */
  #missing = 0;

  constructor(onAnswer: (answer: HttpAnswer) => void) {
    this.#onAnswer = onAnswer;
  }

  /** Takes the next packet. @throws Error when the bytes are not an HTTP/1.1 answer of allowed size. */
  push(packet: Buffer): void {
    this.#rest = this.#rest.length === 0 ? packet : Buffer.concat([this.#rest, packet]);
    while (this.#step());
  }

  /** Does one step of the state; false when it needs more bytes. */
  #step(): boolean {
    const state = this.#state;
    switch (state.name) {
      case "head":
        return this.#readHead();
      case "body":
        return this.#takeMissing() && this.#finish(state.head);
      case "chunk-size":
        return this.#readChunkSize(state.head);
      case "chunk":
        if (!this.#takeMissing()) return false;
        this.#state = { name: "chunk-end", head: state.head };
        return true;
      case "chunk-end": {
        const line = this.#line();
        if (line === undefined) return false;
        if (line !== "") throw new Error("A chunk of an HTTP body is longer than it says");
        this.#state = { name: "chunk-size", head: state.head };
        return true;
      }
      case "trailer": {
        const line = this.#line();
        if (line === undefined) return false;
        return line === "" ? this.#finish(state.head) : true;
      }
      default:
        return state satisfies never;
    }
  }

  #readHead(): boolean {
    const end = this.#rest.indexOf(endOfHead);
    if (end < 0) {
      if (this.#rest.length > headBytesMax) throw new Error(`HTTP headers are over ${headBytesMax} bytes`);
      return false;
    }
    const head = parseHead(this.#rest.toString("latin1", 0, end));
    this.#rest = this.#rest.subarray(end + endOfHead.length);
    if (head.status < 200) return true; // "100 Continue" and its like announce the answer that follows.
    if (head.headers.get("transfer-encoding")?.toLowerCase() === "chunked") {
      this.#state = { name: "chunk-size", head };
      return true;
    }
    this.#missing = bodyLengthOf(head);
    this.#state = { name: "body", head };
    return true;
  }

  #readChunkSize(head: Head): boolean {
    const line = this.#line();
    if (line === undefined) return false;
    const digits = /^([0-9a-fA-F]{1,8})\s*(?:;|$)/.exec(line)?.[1];
    if (digits === undefined) throw new Error("A chunk of an HTTP body has no length");
    const length = Number.parseInt(digits, 16);
    if (length === 0) {
      this.#state = { name: "trailer", head };
      return true;
    }
    checkBodyLength(this.#partsBytes + length);
    this.#missing = length;
    this.#state = { name: "chunk", head };
    return true;
  }

  /** Moves what the body lacks from the rest to its parts; true when nothing is missing any more. */
  #takeMissing(): boolean {
    const part = this.#rest.subarray(0, this.#missing);
    if (part.length > 0) this.#parts.push(part);
    this.#partsBytes += part.length;
    this.#missing -= part.length;
    this.#rest = this.#rest.subarray(part.length);
    return this.#missing === 0;
  }

  #finish(head: Head): true {
    const body = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#partsBytes = 0;
    this.#state = { name: "head" };
    this.#onAnswer({ ...head, body });
    return true;
  }

  #line(): string | undefined {
    const end = this.#rest.indexOf(endOfLine);
    if (end < 0) {
      if (this.#rest.length > headBytesMax) throw new Error(`A line of an HTTP body is over ${headBytesMax} bytes`);
      return undefined;
    }
    const line = this.#rest.toString("latin1", 0, end);
    this.#rest = this.#rest.subarray(end + endOfLine.length);
    return line;
  }
}

function parseHead(text: string): Head {
  const [statusLine, ...lines] = text.split("\r\n");
  const [, minor, status] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(statusLine!) ?? [];
  if (status === undefined) throw new Error("The answer is not HTTP/1.1");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new Error("An HTTP header has no name");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const connection = headers.get("connection")?.toLowerCase();
  return {
    status: Number(status),
    headers,
    last: connection === "close" || (minor === "0" && connection !== "keep-alive"),
  };
}

function bodyLengthOf({ status, headers }: Head): number {
  if (status === 204 || status === 304) return 0;
  const text = headers.get("content-length");
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Error("An HTTP answer tells no length of its body");
  return checkBodyLength(Number(text));
}

function checkBodyLength(bytes: number): number {
  if (bytes > bodyBytesMax) throw new Error(`An HTTP body has ${bytes} bytes, at most ${bodyBytesMax} are read`);
  return bytes;
}
