// Guards against web pages. A page in a browser can send requests to 127.0.0.1, directly or through a name of its own that resolves
// there, so a request must name a host of this machine, and what changes something must not come from another site's page.

import type { HttpRequestHead } from "./http.js";

/** Names of this machine that no web site can own: `localhost` and everything under it never leaves the machine (RFC 6761). */
const ownHost = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9.-]+\.localhost)\.?(:\d{1,5})?$/i;

/** Whether the request is addressed to this machine by a name of its own. HTTP/1.0 clients may name none; browsers always do. */
export function isAddressedHere({ headers }: HttpRequestHead, publicHost: string): boolean {
  const host = headers.host;
  return host === undefined || host === publicHost || ownHost.test(host);
}

/** Whether a page of another site sent the request: by its Origin, else by what browsers say of where the request comes from. */
export function isFromAnotherSite({ headers }: HttpRequestHead): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === "cross-site";
  return !URL.canParse(origin) || !ownHost.test(new URL(origin).host);
}
