// HTTP requests and responses, independent of the server or the event that they came with.

export interface HttpRequest {
  readonly method: string;
  /** Without the query string, as sent. */
  readonly path: string;
  /** The value of a header; its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: string | Uint8Array;
  /** Whether AWS has checked a signature of the caller. */
  readonly isSigned?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: string;
  /** Default: application/json. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function messageResponse(status: number, message: string): HttpResponse {
  return { status, body: JSON.stringify({ message }) };
}

export function textOf(body: string | Uint8Array): string {
  return typeof body === "string" ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
}
