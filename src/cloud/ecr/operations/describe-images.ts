import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { type FoundImage, imagesOf, requireImage, tagsOf } from "../content/images.js";
import { parseManifest, sizeOf } from "../content/manifest.js";
import { requireRepository } from "../content/repositories.js";
import { scanNotFound } from "../errors.js";
import { keyOf, type RepositoryPlace, repositoryPlace } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";

export const describeImages: Handler<"ecr", "DescribeImages", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const tags = tagsByDigest(state, place);
  const detail = (image: FoundImage): ImageDetail => detailOf(state, place, image, tags.get(image.digest));
  if (input.imageIds !== undefined && input.imageIds.length > 0) {
    return { imageDetails: input.imageIds.map((id) => detail(requireImage(state, place, id))) };
  }
  const status = input.filter?.tagStatus ?? "ANY";
  const wanted = imagesOf(state, place).filter(
    ({ digest }) => status === "ANY" || (status === "TAGGED") === tags.has(digest),
  );
  const page = ecrPage(wanted, ({ digest }) => digest, input);
  return { imageDetails: page.items.map(detail), nextToken: page.nextToken };
};

function tagsByDigest(state: EcrState, place: RepositoryPlace): ReadonlyMap<string, string[]> {
  const tags = new Map<string, string[]>();
  for (const { tag, digest } of tagsOf(state, place)) tags.set(digest, [...(tags.get(digest) ?? []), tag]);
  return tags;
}

function detailOf(
  state: EcrState,
  place: RepositoryPlace,
  { digest, document }: FoundImage,
  tags: string[] | undefined,
): ImageDetail {
  const manifest = parseManifest(document.manifest, document.mediaType);
  return {
    registryId: place.account,
    repositoryName: place.name,
    imageDigest: digest,
    imageTags: tags,
    imageSizeInBytes: imageBytes(state, place, digest),
    imagePushedAt: new Date(document.pushedAtMs),
    imageManifestMediaType: document.mediaType,
    artifactMediaType: manifest.kind === "image" ? (manifest.artifactType ?? manifest.config.mediaType) : undefined,
  };
}

/** Config and layers of an image; of an index, the largest of its images (as the service model's documentation says). */
function imageBytes(state: EcrState, place: RepositoryPlace, digest: string): number {
  const document = state.images.get([...keyOf(place), digest]);
  if (!document) return 0;
  const manifest = parseManifest(document.manifest, document.mediaType);
  if (manifest.kind === "image") return sizeOf(manifest);
  return Math.max(0, ...manifest.manifests.map((item) => imageBytes(state, place, item.digest)));
}

/** Nothing here scans images, so that none has findings. */
export const describeImageScanFindings: Handler<"ecr", "DescribeImageScanFindings", EcrState> = (
  input,
  state,
  call,
) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const imageId = input.imageId ?? {};
  const { digest } = requireImage(state, place, imageId);
  throw scanNotFound(place, { imageDigest: digest, imageTag: imageId.imageTag });
};
