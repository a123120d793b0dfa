// The images of a repository: storing, finding and deleting them, for the registry and the ECR API alike.

import { digestOf, isDigest, kindOf } from "../../../image/index.js";
import {
  imageDigestDoesNotMatch,
  imageNotFound,
  imageTagAlreadyExists,
  invalidParameter,
  layersNotFound,
  limitExceeded,
  referencedImagesNotFound,
} from "../errors.js";
import { isTag, keyOf, type RepositoryId } from "../names.js";
import type { EcrState } from "../state.js";
import { blobsOf, InvalidManifest, type Manifest, manifestBytesMax, parseManifest } from "./manifest.js";
import { isTagMutable, requireRepository } from "./repositories.js";

export interface ImageDocument {
  /** The manifest as it was pushed: the digest is computed from its bytes. */
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushedAtMs: number;
}

export interface TagDocument {
  readonly digest: string;
}

/** An image that was found by tag or by digest. */
export interface FoundImage {
  readonly digest: string;
  readonly document: ImageDocument;
}

export interface ImageId {
  readonly imageDigest?: string | undefined;
  readonly imageTag?: string | undefined;
}

interface PushedImage {
  readonly digest: string;
  readonly manifest: Manifest;
  /** False if the repository already had this image with this tag. */
  readonly changed: boolean;
}

/**
 * Stores an image whose blobs (for an index, whose images) are in the repository, and moves the tag to it.
 * @throws AwsError LayersNotFoundException, ReferencedImagesNotFoundException, ImageTagAlreadyExistsException,
 * ImageDigestDoesNotMatchException, InvalidParameterException
 */
export function storeImage(
  state: EcrState,
  repositoryId: RepositoryId,
  pushed: { text: string; mediaType?: string | undefined; tag?: string | undefined; digest?: string | undefined },
): PushedImage {
  const repository = requireRepository(state, repositoryId);
  const { text, tag } = pushed;
  const bytes = Buffer.from(text);
  if (bytes.length > manifestBytesMax)
    throw limitExceeded("The size of a manifest in bytes", manifestBytesMax, bytes.length);
  if (tag !== undefined && !isTag(tag)) throw invalidParameter("imageTag", "must be a valid image tag");
  const manifest = manifestOf(text, pushed.mediaType);
  const digest = digestOf(bytes);
  if (pushed.digest !== undefined && pushed.digest !== digest) throw imageDigestDoesNotMatch(pushed.digest, digest);
  requireContent(state, repositoryId, manifest);

  const known = state.images.get([...keyOf(repositoryId), digest]);
  const tagged = tag === undefined ? undefined : state.tags.get([...keyOf(repositoryId), tag]);
  const moves = tag !== undefined && tagged?.digest !== digest;
  if (moves && tagged && !isTagMutable(repository, tag)) throw imageTagAlreadyExists(repositoryId, tag);
  if (known && !moves) return { digest, manifest, changed: false };
  state.store.write(() => {
    if (!known) {
      state.images.put([...keyOf(repositoryId), digest], {
        manifest: text,
        mediaType: manifest.mediaType,
        pushedAtMs: state.clock.nowMs(),
      });
    }
    if (moves) state.tags.put([...keyOf(repositoryId), tag], { digest });
  });
  return { digest, manifest, changed: true };
}

/** The image of a tag, a digest, or both; undefined if no image has them. */
export function findImage({ images, tags }: EcrState, repositoryId: RepositoryId, id: ImageId): FoundImage | undefined {
  const { imageDigest, imageTag } = id;
  if ((imageDigest !== undefined && !isDigest(imageDigest)) || (imageTag !== undefined && !isTag(imageTag)))
    return undefined;
  const tagged = imageTag === undefined ? undefined : tags.get([...keyOf(repositoryId), imageTag])?.digest;
  const digest = imageDigest ?? tagged;
  if (digest === undefined || (imageTag !== undefined && tagged !== digest)) return undefined;
  const document = images.get([...keyOf(repositoryId), digest]);
  return document && { digest, document };
}

/** @throws AwsError ImageNotFoundException */
export function requireImage(state: EcrState, repositoryId: RepositoryId, id: ImageId): FoundImage {
  const found = findImage(state, repositoryId, id);
  if (!found) throw imageNotFound(repositoryId, id);
  return found;
}

export function imagesOf({ images }: EcrState, repositoryId: RepositoryId): FoundImage[] {
  return images.list(keyOf(repositoryId)).map(({ key, document }) => ({ digest: key.at(-1)!, document }));
}

/** The tags of a repository with their digests, in the order of the tags. */
export function tagsOf({ tags }: EcrState, repositoryId: RepositoryId): { tag: string; digest: string }[] {
  return tags.list(keyOf(repositoryId)).map(({ key, document }) => ({ tag: key.at(-1)!, digest: document.digest }));
}

/** Digests of the indexes that list an image: it cannot be deleted before them. */
export function indexesOf(state: EcrState, repositoryId: RepositoryId, digest: string): string[] {
  return imagesOf(state, repositoryId)
    .filter(({ document }) => {
      if (kindOf(document.mediaType) !== "index") return false;
      const manifest = parseManifest(document.manifest, document.mediaType);
      return manifest.kind === "index" && manifest.manifests.some((item) => item.digest === digest);
    })
    .map((image) => image.digest);
}

/** Deletes an image with all of its tags. Its blobs stay until `releaseLayers`. */
export function deleteImage(state: EcrState, repositoryId: RepositoryId, digest: string): void {
  state.store.write(() => {
    for (const { tag, digest: tagged } of tagsOf(state, repositoryId)) {
      if (tagged === digest) state.tags.remove([...keyOf(repositoryId), tag]);
    }
    state.images.remove([...keyOf(repositoryId), digest]);
  });
}

/** Releases the blobs that no image of the repository uses. */
export function releaseLayers(state: EcrState, repositoryId: RepositoryId): void {
  const inUse = imagesOf(state, repositoryId).flatMap(({ document }) =>
    blobsOf(parseManifest(document.manifest, document.mediaType)),
  );
  state.layers.releaseUnused(repositoryId, new Set(inUse));
}

/** Deletes a tag. An image without tags stays, and can be found by its digest. */
export function deleteTag({ tags }: EcrState, repositoryId: RepositoryId, tag: string): void {
  tags.remove([...keyOf(repositoryId), tag]);
}

function manifestOf(text: string, mediaType: string | undefined): Manifest {
  try {
    return parseManifest(text, mediaType);
  } catch (error) {
    if (error instanceof InvalidManifest) throw invalidParameter("imageManifest", error.message);
    throw error;
  }
}

function requireContent(state: EcrState, repositoryId: RepositoryId, manifest: Manifest): void {
  const absent = blobsOf(manifest).filter((digest) => state.layers.size(repositoryId, digest) === undefined);
  if (absent.length > 0) throw layersNotFound(repositoryId, absent);
  if (manifest.kind === "image") return;
  const unknown = manifest.manifests
    .map(({ digest }) => digest)
    .filter((digest) => !state.images.get([...keyOf(repositoryId), digest]));
  if (unknown.length > 0) throw referencedImagesNotFound(repositoryId, unknown);
}
