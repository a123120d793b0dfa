// Parses HTTP/1.1 responses from socket data, independent of packet boundaries: status line and headers, then a body of
// known length, a chunked body, or none. Supports what a Runtime API sends; anything else is an error that closes the
// connection.

/** The headers of an invocation are under 2 KB; a larger head is not from a Runtime API. */
const headBytesMax = 64 * 1024;
/** Lambda's events are at most 6 MB, those of other platforms somewhat larger: a larger body is an error. */
const bodyBytesMax = 64 * 1024 * 1024;

export interface HttpResponse {
  readonly status: number;
  /** Names are lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Whether the server closes the connection after this response. */
  readonly last: boolean;
}

type Head = Omit<HttpResponse, "body">;
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
  readonly #onResponse: (response: HttpResponse) => void;
  #state: State = { name: "head" };
  /** Bytes not parsed yet. Parts of an incomplete body are kept separately, so that no byte is copied twice. */
  #rest: Buffer = noBytes;
  #parts: Buffer[] = [];
  #partsBytes = 0;
  /** Bytes still missing from the body or the chunk. */
  #missing = 0;

  constructor(onResponse: (response: HttpResponse) => void) {
    this.#onResponse = onResponse;
  }

  /** Parses the next data. @throws Error if it is not an HTTP/1.1 response within the size limits */
  push(packet: Buffer): void {
    this.#rest = this.#rest.length === 0 ? packet : Buffer.concat([this.#rest, packet]);
    while (this.#step());
  }

  /** Advances the state by one step. Returns false if more bytes are needed. */
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
        if (line !== "") throw new Error("An HTTP chunk is longer than its announced size");
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
      if (this.#rest.length > headBytesMax) throw new Error(`HTTP headers are larger than ${headBytesMax} bytes`);
      return false;
    }
    const head = parseHead(this.#rest.toString("latin1", 0, end));
    this.#rest = this.#rest.subarray(end + endOfHead.length);
    if (head.status < 200) return true; // An informational response such as "100 Continue" precedes the final one.
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

  /** Moves missing bytes of the body from the rest to its parts. Returns true if the body is complete. */
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
    this.#onResponse({ ...head, body });
    return true;
  }

  #line(): string | undefined {
    const end = this.#rest.indexOf(endOfLine);
    if (end < 0) {
      if (this.#rest.length > headBytesMax)
        throw new Error(`A line of a chunked HTTP body is longer than ${headBytesMax} bytes`);
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
  if (status === undefined) throw new Error("The response is not HTTP/1.1");
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
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Error("An HTTP response has no valid Content-Length");
  return checkBodyLength(Number(text));
}

function checkBodyLength(bytes: number): number {
  if (bytes > bodyBytesMax) throw new Error(`An HTTP body has ${bytes} bytes; the maximum is ${bodyBytesMax}`);
  return bytes;
}
