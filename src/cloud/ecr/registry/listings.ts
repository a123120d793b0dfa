// The lists of a registry: repositories, tags, and referrers of an image (signatures, attestations).

import { ociIndexType } from "../../../image/index.js";
import type { StreamedReply } from "../../http.js";
import { itemsAfter } from "../../pagination.js";
import { imagesOf, tagsOf } from "../content/images.js";
import { parseManifest } from "../content/manifest.js";
import { RegistryError } from "./errors.js";
import { jsonReply, type RegistryRequest, type RepositoryRequest } from "./request.js";

/** The default and the largest number of entries of a page. */
const pageEntriesMax = 1000;

/** GET /v2/_catalog */
export async function listRepositories(request: RegistryRequest): Promise<StreamedReply> {
  const { account, region } = request.registry;
  const names = request.state.repositories.keys([account, region]).map((key) => key.at(-1)!);
  const { entries, headers } = pageOf(names, request, "/v2/_catalog");
  return jsonReply({ repositories: entries }, headers);
}

/** GET /v2/NAME/tags/list */
export async function listTags(request: RepositoryRequest): Promise<StreamedReply> {
  const { state, repository } = request;
  const tags = tagsOf(state, repository).map(({ tag }) => tag);
  const { entries, headers } = pageOf(tags, request, `/v2/${repository.name}/tags/list`);
  return jsonReply({ name: repository.name, tags: entries }, headers);
}

/** GET /v2/NAME/referrers/DIGEST: an index of the manifests whose subject is the digest, possibly empty. */
export async function listReferrers({
  state,
  repository,
  reference,
  query,
}: RepositoryRequest): Promise<StreamedReply> {
  const requestedType = query.get("artifactType");
  const manifests = imagesOf(state, repository).flatMap(({ digest, document }) => {
    const manifest = parseManifest(document.manifest, document.mediaType);
    const artifactType = manifest.artifactType ?? (manifest.kind === "image" ? manifest.config.mediaType : undefined);
    if (manifest.subject?.digest !== reference || (requestedType !== null && artifactType !== requestedType)) return [];
    const size = Buffer.byteLength(document.manifest);
    return [{ mediaType: document.mediaType, digest, size, artifactType, annotations: manifest.annotations }];
  });
  return jsonReply(
    { schemaVersion: 2, mediaType: ociIndexType, manifests },
    { "content-type": ociIndexType, ...(requestedType === null ? {} : { "oci-filters-applied": "artifactType" }) },
  );
}

/** Up to `n` entries after `last`, with a link to the next page if there is one. */
function pageOf(
  names: readonly string[],
  { query }: RegistryRequest,
  path: string,
): { entries: string[]; headers: Readonly<Record<string, string>> } {
  const n = query.get("n") ?? String(pageEntriesMax);
  if (!/^\d{1,9}$/.test(n)) throw new RegistryError("PAGINATION_NUMBER_INVALID", `n must be a number, found '${n}'`);
  const count = Math.min(Number(n), pageEntriesMax);
  const last = query.get("last") ?? "";
  const { items, isLast } = itemsAfter(names, (name) => name, { after: last, limit: count });
  const entries = [...items];
  if (isLast || entries.length === 0) return { entries, headers: {} };
  const next = new URLSearchParams({ n: String(count), last: entries.at(-1)! });
  return { entries, headers: { link: `<${path}?${next}>; rel="next"` } };
}
