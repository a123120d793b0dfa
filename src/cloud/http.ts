// HTTP as the cloud's parts hand it to each other, free of any server library.

export interface HttpRequest {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** The query as sent, without "?"; empty when there is none. */
  readonly query: string;
  /** Names in lower case; a header that came more than once is joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values as sent, in order: [name, value, name, value, ...]. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  /** The caller's address. */
  readonly sourceIp: string;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string;
}
