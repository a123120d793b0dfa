import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { type FoundImage, imagesOf, requireImage, tagsOf } from "../content/images.js";
import { parseManifest, sizeOf } from "../content/manifest.js";
import { requireRepository } from "../content/repositories.js";
import { scanNotFound } from "../errors.js";
import { keyOf, type RepositoryId, repositoryIdOf } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";

export const describeImages: Handler<"ecr", "DescribeImages", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const tags = tagsByDigest(state, repositoryId);
  const detail = (image: FoundImage): ImageDetail => detailOf(state, repositoryId, image, tags.get(image.digest));
  if (input.imageIds !== undefined && input.imageIds.length > 0) {
    return { imageDetails: input.imageIds.map((id) => detail(requireImage(state, repositoryId, id))) };
  }
  const status = input.filter?.tagStatus ?? "ANY";
  const matching = imagesOf(state, repositoryId).filter(
    ({ digest }) => status === "ANY" || (status === "TAGGED") === tags.has(digest),
  );
  const page = ecrPage(matching, ({ digest }) => digest, input);
  return { imageDetails: page.items.map(detail), nextToken: page.nextToken };
};

function tagsByDigest(state: EcrState, repositoryId: RepositoryId): ReadonlyMap<string, string[]> {
  const tags = new Map<string, string[]>();
  for (const { tag, digest } of tagsOf(state, repositoryId)) tags.set(digest, [...(tags.get(digest) ?? []), tag]);
  return tags;
}

function detailOf(
  state: EcrState,
  repositoryId: RepositoryId,
  { digest, document }: FoundImage,
  tags: string[] | undefined,
): ImageDetail {
  const manifest = parseManifest(document.manifest, document.mediaType);
  return {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    imageDigest: digest,
    imageTags: tags,
    imageSizeInBytes: imageBytes(state, repositoryId, digest),
    imagePushedAt: new Date(document.pushedAtMs),
    imageManifestMediaType: document.mediaType,
    artifactMediaType: manifest.kind === "image" ? (manifest.artifactType ?? manifest.config.mediaType) : undefined,
  };
}

/**
 * Config and layers of an image; for an index, the largest of its images (as the service model's documentation says).
 * @param known sizes that were computed before: an index can list an image, or an index, thousands of times
 */
function imageBytes(
  state: EcrState,
  repositoryId: RepositoryId,
  digest: string,
  known: Map<string, number> = new Map(),
): number {
  const found = known.get(digest);
  if (found !== undefined) return found;
  const document = state.images.get([...keyOf(repositoryId), digest]);
  const manifest = document && parseManifest(document.manifest, document.mediaType);
  let bytes = manifest?.kind === "image" ? sizeOf(manifest) : 0;
  if (manifest?.kind === "index") {
    for (const item of manifest.manifests) bytes = Math.max(bytes, imageBytes(state, repositoryId, item.digest, known));
  }
  known.set(digest, bytes);
  return bytes;
}

/** This cloud does not scan images, so no image has findings. */
export const describeImageScanFindings: Handler<"ecr", "DescribeImageScanFindings", EcrState> = (
  input,
  state,
  call,
) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const imageId = input.imageId ?? {};
  const { digest } = requireImage(state, repositoryId, imageId);
  throw scanNotFound(repositoryId, { imageDigest: digest, imageTag: imageId.imageTag });
};
