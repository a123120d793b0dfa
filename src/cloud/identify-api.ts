// Which API a request calls: read from its signature, else its target header, else its path, else its form.

import { type Credential, hasSignature } from "./credential.js";
import type { HttpRequest } from "./http.js";
import { formOf } from "./protocol/aws-query.js";
import { type ApiIdentity, catalog, unimplementedApis } from "./protocol/catalog.js";
import type { ApiName } from "./protocol/operation.js";

/** An API of this cloud, or the name of one that it does not implement. */
type IdentifiedApi = { readonly api: ApiName } | { readonly unimplemented: string };

const names = Object.keys(catalog) as ApiName[];

const identities: readonly (readonly [identity: ApiIdentity, found: IdentifiedApi])[] = [
  ...names.map((api) => [catalog[api], { api }] as const),
  ...Object.entries(unimplementedApis).map(([name, identity]) => [identity, { unimplemented: name }] as const),
];

/** The API of a request; undefined when the request calls none. */
export function identifyApi(request: HttpRequest, credential: Credential | undefined): IdentifiedApi | undefined {
  if (credential) return signedFor(credential.service, request.path);
  const target = request.headers["x-amz-target"];
  if (target !== undefined) {
    const prefix = target.split(".")[0]!;
    return found(
      names.find((name) => catalog[name].target === prefix),
      prefix,
    );
  }
  return byPath(request) ?? byForm(request);
}

function signedFor(signingName: string, path: string): IdentifiedApi {
  const candidates = identities.filter(([identity]) => identity.signingName === signingName);
  const [, api] = candidates.find(([{ paths }]) => paths?.test(path)) ?? candidates[0] ?? [];
  return api ?? { unimplemented: signingName };
}

/**
 * Unsigned requests below `/v2/` are the registry's, so an API that is not implemented needs a signature, be it a
 * malformed one.
 */
function byPath(request: HttpRequest): IdentifiedApi | undefined {
  const [, api] = identities.find(([{ paths }]) => paths?.test(request.path)) ?? [];
  return api && ("api" in api || hasSignature(request)) ? api : undefined;
}

function byForm(request: HttpRequest): IdentifiedApi | undefined {
  const queryApis = names.filter((name) => catalog[name].protocol === "awsQuery");
  const bytesMax = Math.max(...queryApis.map((name) => catalog[name].bodyBytesMax));
  if (request.path !== "/" || request.body.length > bytesMax) return undefined;
  const form = new URLSearchParams(formOf(request));
  if (!form.has("Action")) return undefined;
  const version = form.get("Version") ?? "";
  return found(
    queryApis.find((name) => catalog[name].version === version),
    version,
  );
}

function found(api: ApiName | undefined, name: string): IdentifiedApi {
  return api ? { api } : { unimplemented: name };
}
