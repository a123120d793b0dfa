// The method response on its way to the caller.

export interface GatewayReply {
  readonly status: number;
  /** By name as it is sent; names differ in more than case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string | Uint8Array;
}

/**
 * Headers that AWS keeps for itself: a backend's value is sent under another name, or not at all
 * (AWS's "Amazon API Gateway important notes" lists them).
 */
const remapped = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "via",
  "www-authenticate",
]);
const dropped = new Set(["transfer-encoding", "keep-alive", "te"]);

/** The name under which a backend's header reaches the caller; undefined: it does not. */
export function publicHeaderName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (dropped.has(lower)) return undefined;
  return remapped.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

/** Sets a header, in place of one whose name differs only in case. */
export function setHeader(headers: Map<string, readonly string[]>, name: string, values: readonly string[]): void {
  const lower = name.toLowerCase();
  for (const known of headers.keys()) if (known !== name && known.toLowerCase() === lower) headers.delete(known);
  headers.set(name, values);
}

export function bodyText(body: string | Uint8Array): string {
  return typeof body === "string" ? body : Buffer.from(body).toString("utf8");
}

export function hasHeader(headers: ReadonlyMap<string, readonly string[]>, name: string): boolean {
  const lower = name.toLowerCase();
  for (const known of headers.keys()) if (known.toLowerCase() === lower) return true;
  return false;
}
