// HTTP requests and replies inside the cloud, independent of any server library.

/** A request without its body. */
export interface HttpRequestHead {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** The query as sent, without "?"; empty without a query. */
  readonly query: string;
  /** Names in lower case; a repeated header is joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values as sent, in order: [name, value, name, value, ...]. */
  readonly rawHeaders: readonly string[];
  /** The caller's IP address. */
  readonly sourceIp: string;
}

export interface HttpRequest extends HttpRequestHead {
  readonly body: Uint8Array;
}

/**
 * A request whose body is read as it arrives, for bodies too large for memory. Chunked transfer coding is already
 * decoded.
 */
export interface StreamedRequest extends HttpRequestHead {
  /** Can be read once. Fails when the caller disconnects before the body is complete. */
  readonly stream: AsyncIterable<Uint8Array>;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string;
}

/**
 * A reply whose body can be a stream, for example of a file; a known length goes in `content-length`.
 * A reply to HEAD keeps its headers and has no body.
 */
export interface StreamedReply extends Omit<HttpReply, "body"> {
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>;
}
