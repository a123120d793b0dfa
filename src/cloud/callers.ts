// Protection against web pages. A page in a browser can send requests to 127.0.0.1, directly or through a DNS name that
// resolves to it, so a request must name a host of this machine, and a request that changes something must not come
// from another site's page.

import type { HttpRequestHead } from "./http.js";

/**
 * Names of this machine that no web site can own: `localhost` and its subdomains never leave the machine (RFC 6761).
 */
const ownHost = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9.-]+\.localhost)\.?(:\d{1,5})?$/i;

/** Whether the request's host is this machine. HTTP/1.0 clients may omit the host; browsers never do. */
export function isAddressedHere({ headers }: HttpRequestHead, publicHost: string): boolean {
  const host = headers.host;
  return host === undefined || host === publicHost || ownHost.test(host);
}

/** Whether a page of another site sent the request, according to its Origin, else to its Sec-Fetch-Site header. */
export function isFromAnotherSite({ headers }: HttpRequestHead): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === "cross-site";
  return !URL.canParse(origin) || !ownHost.test(new URL(origin).host);
}
