// What a registry lists: repositories, tags, and what refers to an image (signatures, attestations).

import { ociIndexType } from "../../../image/index.js";
import type { StreamedReply } from "../../http.js";
import { itemsAfter } from "../../pagination.js";
import { imagesOf, tagsOf } from "../content/images.js";
import { parseManifest } from "../content/manifest.js";
import { RegistryError } from "./errors.js";
import { jsonReply, type RepositoryVisit, type Visit } from "./visit.js";

/** Entries of a page when the client does not say, and at most. */
const pageEntriesMax = 1000;

/** GET /v2/_catalog */
export async function listRepositories(visit: Visit): Promise<StreamedReply> {
  const { account, region } = visit.registry;
  const names = visit.state.repositories.keys([account, region]).map((key) => key.at(-1)!);
  const { entries, headers } = pageOf(names, visit, "/v2/_catalog");
  return jsonReply({ repositories: entries }, headers);
}

/** GET /v2/NAME/tags/list */
export async function listTags(visit: RepositoryVisit): Promise<StreamedReply> {
  const { state, repository } = visit;
  const tags = tagsOf(state, repository).map(({ tag }) => tag);
  const { entries, headers } = pageOf(tags, visit, `/v2/${repository.name}/tags/list`);
  return jsonReply({ name: repository.name, tags: entries }, headers);
}

/** GET /v2/NAME/referrers/DIGEST: an index of the manifests whose subject is the digest; empty when there are none. */
export async function listReferrers({ state, repository, reference, query }: RepositoryVisit): Promise<StreamedReply> {
  const wanted = query.get("artifactType");
  const manifests = imagesOf(state, repository).flatMap(({ digest, document }) => {
    const manifest = parseManifest(document.manifest, document.mediaType);
    const artifactType = manifest.artifactType ?? (manifest.kind === "image" ? manifest.config.mediaType : undefined);
    if (manifest.subject !== reference || (wanted !== null && artifactType !== wanted)) return [];
    const size = Buffer.byteLength(document.manifest);
    return [{ mediaType: document.mediaType, digest, size, artifactType, annotations: manifest.annotations }];
  });
  return jsonReply(
    { schemaVersion: 2, mediaType: ociIndexType, manifests },
    { "content-type": ociIndexType, ...(wanted === null ? {} : { "oci-filters-applied": "artifactType" }) },
  );
}

/** The entries after `last`, `n` at most, and the address of the next page when there is one. */
function pageOf(
  names: readonly string[],
  { query }: Visit,
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
