// HTTP as the cloud's parts hand it to each other, free of any server library.

/** A request without its body. */
export interface HttpRequestHead {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** The query as sent, without "?"; empty when there is none. */
  readonly query: string;
  /** Names in lower case; a header that came more than once is joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values as sent, in order: [name, value, name, value, ...]. */
  readonly rawHeaders: readonly string[];
  /** The caller's address. */
  readonly sourceIp: string;
}

export interface HttpRequest extends HttpRequestHead {
  readonly body: Uint8Array;
}

/** A request whose body is read as it arrives, for bodies too large to hold. Chunked transfer coding is already undone. */
export interface StreamedRequest extends HttpRequestHead {
  /** Can be read once. Ends with an error when the caller goes away before the body is complete. */
  readonly stream: AsyncIterable<Uint8Array>;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string;
}

/**
 * A reply whose body may be sent as it is read, from a file say; its length goes in `content-length` when it is known.
 * A reply to HEAD keeps the headers it is given and sends no body.
 */
export interface StreamedReply extends Omit<HttpReply, "body"> {
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>;
}
