// The registry: the OCI distribution specification 1.1 below /v2/, for the repositories of ECR.
// A request is let in, its address is taken apart by the table, its repository is found, and the row's function answers.

import type { HttpRequestHead, StreamedReply, StreamedRequest } from "../../http.js";
import type { StreamRoute } from "../../service.js";
import { requireRepository } from "../content/repositories.js";
import { isRepositoryName } from "../names.js";
import type { EcrState } from "../state.js";
import { placeOf } from "./access.js";
import { deleteBlob, readBlob } from "./blobs.js";
import { RegistryError, registryErrorOf } from "./errors.js";
import { listReferrers, listRepositories, listTags } from "./listings.js";
import { deleteManifest, putManifest, readManifest } from "./manifests.js";
import { cancelUpload, completeUpload, continueUpload, startUpload, uploadStatus } from "./uploads.js";
import { jsonReply, type RepositoryVisit, type Visit } from "./visit.js";

type Methods<V> = Readonly<Record<string, (visit: V) => Promise<StreamedReply>>>;

/** Addresses below a repository's name. More special ones first: `blobs/uploads/` also looks like a blob's. */
const repositoryAddresses: readonly { readonly path: RegExp; readonly methods: Methods<RepositoryVisit> }[] = [
  { path: /^(.+)\/blobs\/uploads\/?()$/, methods: { POST: startUpload } },
  {
    path: /^(.+)\/blobs\/uploads\/([^/]+)$/,
    methods: { GET: uploadStatus, PATCH: continueUpload, PUT: completeUpload, DELETE: cancelUpload },
  },
  { path: /^(.+)\/blobs\/([^/]+)$/, methods: { GET: readBlob, HEAD: readBlob, DELETE: deleteBlob } },
  {
    path: /^(.+)\/manifests\/([^/]+)$/,
    methods: { GET: readManifest, HEAD: readManifest, PUT: putManifest, DELETE: deleteManifest },
  },
  { path: /^(.+)\/tags\/list()$/, methods: { GET: listTags } },
  { path: /^(.+)\/referrers\/([^/]+)$/, methods: { GET: listReferrers } },
];

/** Addresses of the registry itself. */
const registryAddresses: ReadonlyMap<string, Methods<Visit>> = new Map<string, Methods<Visit>>([
  // `docker login` asks for this one, to learn whether its token is good.
  ["", { GET: async () => jsonReply({}), HEAD: async () => jsonReply({}) }],
  ["_catalog", { GET: listRepositories }],
]);

export function registryRoute(state: EcrState): StreamRoute {
  return function registry(request) {
    if (request.path !== "/v2" && !request.path.startsWith("/v2/")) return undefined;
    return answer(state, request);
  };
}

async function answer(state: EcrState, request: StreamedRequest): Promise<StreamedReply> {
  const reply = await visit(state, request).catch((error: unknown) => {
    const refusal = registryErrorOf(error);
    if (!refusal) throw error;
    return refusal.reply();
  });
  return { ...reply, headers: { "docker-distribution-api-version": "registry/2.0", ...reply.headers } };
}

async function visit(state: EcrState, request: StreamedRequest): Promise<StreamedReply> {
  const path = decoded(request.path.slice("/v2/".length));
  const found = addressOf(path);
  const registry = placeOf(state, request, found && blobOf(found, request));
  const common = { state, request, registry, query: new URLSearchParams(request.query) };
  const own = registryAddresses.get(path);
  if (own) return methodOf(own, request)(common);
  if (!found) throw new RegistryError("NAME_UNKNOWN", `There is nothing at ${request.path}`);
  const { methods, name, reference } = found;
  if (!isRepositoryName(name)) throw new RegistryError("NAME_INVALID", `'${name}' is not a repository's name`);
  const repository = { ...registry, name };
  requireRepository(state, repository);
  return methodOf(methods, request)({ ...common, repository, reference });
}

interface Address {
  readonly methods: Methods<RepositoryVisit>;
  readonly name: string;
  readonly reference: string;
}

function addressOf(path: string): Address | undefined {
  for (const { path: pattern, methods } of repositoryAddresses) {
    const [, name, reference] = pattern.exec(path) ?? [];
    if (name !== undefined && reference !== undefined) return { methods, name, reference };
  }
  return undefined;
}

/** "repository@digest" of a blob that is being read: what the token of a download address is for. */
function blobOf({ methods, name, reference }: Address, { method }: HttpRequestHead): string | undefined {
  return methods[method] === readBlob ? `${name}@${reference}` : undefined;
}

function methodOf<V>(methods: Methods<V>, { method, path }: HttpRequestHead): (visit: V) => Promise<StreamedReply> {
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!found) {
    throw new RegistryError("UNSUPPORTED", `${method} is not supported at ${path}`, {
      allow: Object.keys(methods).join(", "),
    });
  }
  return found;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new RegistryError("NAME_INVALID", `The path ${path} is not percent-encoded text`);
  }
}
