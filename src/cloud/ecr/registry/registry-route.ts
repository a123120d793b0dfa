// The registry: the OCI distribution specification 1.1 below /v2/, for the repositories of ECR. Each request is
// authorized, its path is looked up in the table, its repository is found, and the row's function replies.

import type { HttpRequestHead, StreamedReply, StreamedRequest } from "../../http.js";
import type { StreamRoute } from "../../service.js";
import { requireRepository } from "../content/repositories.js";
import { isRepositoryName } from "../names.js";
import type { EcrState } from "../state.js";
import { authorize } from "./access.js";
import { deleteBlob, readBlob } from "./blobs.js";
import { RegistryError, registryErrorOf } from "./errors.js";
import { listReferrers, listRepositories, listTags } from "./listings.js";
import { deleteManifest, putManifest, readManifest } from "./manifests.js";
import { jsonReply, type RegistryRequest, type RepositoryRequest } from "./request.js";
import { cancelUpload, completeUpload, continueUpload, startUpload, uploadStatus } from "./uploads.js";

type Methods<R> = Readonly<Record<string, (request: R) => Promise<StreamedReply>>>;

/** Paths below a repository's name. More specific ones come first: `blobs/uploads/` also matches the path of a blob. */
const repositoryPaths: readonly { readonly path: RegExp; readonly methods: Methods<RepositoryRequest> }[] = [
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

/** Paths of the registry itself. */
const registryPaths: ReadonlyMap<string, Methods<RegistryRequest>> = new Map<string, Methods<RegistryRequest>>([
  // `docker login` requests this one to check its token.
  ["", { GET: async () => jsonReply({}), HEAD: async () => jsonReply({}) }],
  ["_catalog", { GET: listRepositories }],
]);

export function registryRoute(state: EcrState): StreamRoute {
  return function registry(request) {
    if (request.path !== "/v2" && !request.path.startsWith("/v2/")) return undefined;
    return reply(state, request);
  };
}

async function reply(state: EcrState, http: StreamedRequest): Promise<StreamedReply> {
  const { headers, ...rest } = await handle(state, http).catch((error: unknown) => {
    const registryError = registryErrorOf(error);
    if (!registryError) throw error;
    return registryError.reply();
  });
  return { ...rest, headers: { "docker-distribution-api-version": "registry/2.0", ...headers } };
}

async function handle(state: EcrState, http: StreamedRequest): Promise<StreamedReply> {
  const path = decodePath(http.path.slice("/v2/".length));
  const found = findRepositoryPath(path);
  const registry = authorize(state, http, found && blobOf(found, http));
  const request = { state, http, registry, query: new URLSearchParams(http.query) };
  const registryMethods = registryPaths.get(path);
  if (registryMethods) return methodOf(registryMethods, http)(request);
  if (!found) throw new RegistryError("NAME_UNKNOWN", `${http.path} not found`);
  const { methods, name, reference } = found;
  if (!isRepositoryName(name)) throw new RegistryError("NAME_INVALID", `'${name}' is not a valid repository name`);
  const repository = { ...registry, name };
  requireRepository(state, repository);
  return methodOf(methods, http)({ ...request, repository, reference });
}

interface RepositoryPath {
  readonly methods: Methods<RepositoryRequest>;
  readonly name: string;
  readonly reference: string;
}

function findRepositoryPath(path: string): RepositoryPath | undefined {
  for (const { path: pattern, methods } of repositoryPaths) {
    const [, name, reference] = pattern.exec(path) ?? [];
    if (name !== undefined && reference !== undefined) return { methods, name, reference };
  }
  return undefined;
}

/** "repository@digest" of a blob that is being read, which is what the token of a download URL is for. */
function blobOf({ methods, name, reference }: RepositoryPath, { method }: HttpRequestHead): string | undefined {
  return methods[method] === readBlob ? `${name}@${reference}` : undefined;
}

function methodOf<R>(methods: Methods<R>, { method, path }: HttpRequestHead): (request: R) => Promise<StreamedReply> {
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!found) {
    throw new RegistryError("UNSUPPORTED", `${method} is not supported at ${path}`, {
      allow: Object.keys(methods).join(", "),
    });
  }
  return found;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new RegistryError("NAME_INVALID", `The path ${path} has invalid percent-encoding`);
  }
}
