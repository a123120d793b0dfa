// Who signed a request, as the request itself says. Signatures are not verified: this cloud serves its own machine and knows no secrets of its callers.

import type { HttpRequestHead } from "./http.js";

/** The credential scope of a version 4 signature: `AKID/20261122/us-east-1/lambda/aws4_request`. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
  /** The service's signing name, in lower case. */
  readonly service: string;
}

/** Longer than any header or query that carries a signature; what is longer is not looked at. */
const textCharactersMax = 8192;
const scopeForm = /^([^/\s]{1,128})\/\d{8}\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request$/;

/** The credential of a signed or presigned request; undefined when there is none or it is not well formed. */
export function readCredential({ headers, query }: HttpRequestHead): Credential | undefined {
  const authorization = headers.authorization ?? "";
  if (authorization.length > textCharactersMax) return undefined;
  if (authorization.startsWith("AWS4-HMAC-SHA256")) {
    const credential = /[\s,]Credential=([^,\s]+)/.exec(authorization)?.[1];
    return credential === undefined ? undefined : parseScope(credential);
  }
  if (!query.includes("X-Amz-Credential=") || query.length > textCharactersMax) return undefined;
  return parseScope(new URLSearchParams(query).get("X-Amz-Credential") ?? "");
}

function parseScope(scope: string): Credential | undefined {
  const [, accessKeyId, region, service] = scopeForm.exec(scope) ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}
