// Who signed a request, according to the request itself. Signatures are not verified: this cloud serves its own machine
// and has no secrets of its callers.

import type { HttpRequestHead } from "./http.js";

/** The credential scope of a version 4 signature: `AKID/20261122/us-east-1/lambda/aws4_request`. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  /** The service's signing name, in lower case. */
  readonly service: string;
}

/** Longer than any header or query that carries a signature; a longer one is ignored. */
const charactersMax = 8192;
const scopePattern = /^([^/\s]{1,128})\/\d{8}\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request$/;

/** Whether a request carries an AWS signature, in its header or presigned in its query; it need not be well formed. */
export function hasSignature({ headers, query }: HttpRequestHead): boolean {
  return headers.authorization?.startsWith("AWS4-") || /(?:^|&)X-Amz-(?:Algorithm|Credential|Signature)=/.test(query);
}

/** The credential of a signed or presigned request; undefined for an unsigned request or a malformed credential. */
export function readCredential({ headers, query }: HttpRequestHead): Credential | undefined {
  const authorization = headers.authorization ?? "";
  if (authorization.length > charactersMax) return undefined;
  if (authorization.startsWith("AWS4-HMAC-SHA256")) {
    const credential = /[\s,]Credential=([^,\s]+)/.exec(authorization)?.[1];
    return credential === undefined ? undefined : parseScope(credential);
  }
  if (!query.includes("X-Amz-Credential=") || query.length > charactersMax) return undefined;
  return parseScope(new URLSearchParams(query).get("X-Amz-Credential") ?? "");
}

function parseScope(scope: string): Credential | undefined {
  const [, accessKeyId, region, service] = scopePattern.exec(scope) ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}
