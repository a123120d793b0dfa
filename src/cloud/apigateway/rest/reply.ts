// A response to the caller.

import { configurationError } from "./failure.js";

export interface GatewayReply {
  readonly status: number;
  /** By name as it is sent; no two names differ only in case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string | Uint8Array;
}

/**
 * Headers that API Gateway sets itself: a backend's value is sent under another name, or not at all
 * ("Amazon API Gateway important notes").
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

/** The name under which the caller gets a backend's header; undefined: the header is dropped. */
export function publicHeaderName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (dropped.has(lower)) return undefined;
  return remapped.has(lower) ? `x-amzn-Remapped-${name}` : name;
}

/** Sets a header, and replaces one whose name differs only in case. */
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

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Everything but a tab, visible ASCII and the upper half of Latin-1. */
const notInHeader = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** Whether HTTP allows the header. */
export function isSendableHeader(name: string, values: readonly string[]): boolean {
  return headerName.test(name) && !values.some((value) => notInHeader.test(value));
}

/** Whether the status ends a request: 1xx would leave the caller waiting for another. */
export function isSendableStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 599;
}

/**
 * Checks what mappings and backends have made: Node would drop the connection instead of sending it.
 * @throws GatewayFailure API_CONFIGURATION_ERROR
 */
export function checkSendable({ status, headers }: GatewayReply): void {
  if (!isSendableStatus(status)) throw configurationError(`Invalid response status: ${status}`);
  for (const [name, values] of headers) {
    if (!isSendableHeader(name, values)) throw configurationError(`Invalid response header: ${JSON.stringify(name)}`);
  }
}
