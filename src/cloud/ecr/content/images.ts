// The images of a repository: pushing, finding and deleting them. The registry and the ECR API are two ways to these.

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
import { isTag, keyOf, type RepositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { blobsOf, type Manifest, ManifestFault, manifestBytesMax, parseManifest } from "./manifest.js";
import { isTagMutable, requireRepository } from "./repositories.js";

export interface ImageDocument {
  /** The manifest's text as it was pushed: its bytes are what the digest is of. */
  readonly manifest: string;
  readonly mediaType: string;
  readonly pushedAtMs: number;
}

export interface TagDocument {
  readonly digest: string;
}

/** An image as it was found: by tag or by digest. */
export interface FoundImage {
  readonly digest: string;
  readonly document: ImageDocument;
}

export interface ImageId {
  readonly imageDigest?: string | undefined;
  readonly imageTag?: string | undefined;
}

export interface PushedImage {
  readonly digest: string;
  readonly manifest: Manifest;
  /** False when the repository had just this image under just this tag. */
  readonly changed: boolean;
}

/**
 * Stores an image whose blobs (or, of an index, whose images) the repository holds, and moves the tag to it.
 * @throws AwsError LayersNotFoundException, ReferencedImagesNotFoundException, ImageTagAlreadyExistsException,
 * ImageDigestDoesNotMatchException, InvalidParameterException
 */
export function pushImage(
  state: EcrState,
  place: RepositoryPlace,
  pushed: { text: string; mediaType?: string | undefined; tag?: string | undefined; digest?: string | undefined },
): PushedImage {
  const repository = requireRepository(state, place);
  const { text, tag } = pushed;
  const bytes = Buffer.from(text);
  if (bytes.length > manifestBytesMax)
    throw limitExceeded("The size of a manifest in bytes", manifestBytesMax, bytes.length);
  if (tag !== undefined && !isTag(tag)) throw invalidParameter("imageTag", "must be a valid image tag");
  const manifest = manifestOf(text, pushed.mediaType);
  const digest = digestOf(bytes);
  if (pushed.digest !== undefined && pushed.digest !== digest) throw imageDigestDoesNotMatch(pushed.digest, digest);
  requireContent(state, place, manifest);

  const known = state.images.get([...keyOf(place), digest]);
  const tagged = tag === undefined ? undefined : state.tags.get([...keyOf(place), tag]);
  const moves = tag !== undefined && tagged?.digest !== digest;
  if (moves && tagged && !isTagMutable(repository, tag)) throw imageTagAlreadyExists(place, tag);
  if (known && !moves) return { digest, manifest, changed: false };
  state.store.write(() => {
    if (!known) {
      state.images.put([...keyOf(place), digest], {
        manifest: text,
        mediaType: manifest.mediaType,
        pushedAtMs: state.clock.nowMs(),
      });
    }
    if (moves) state.tags.put([...keyOf(place), tag], { digest });
  });
  return { digest, manifest, changed: true };
}

/** The image that a tag, a digest, or both together name; undefined when there is none. */
export function findImage({ images, tags }: EcrState, place: RepositoryPlace, id: ImageId): FoundImage | undefined {
  const { imageDigest, imageTag } = id;
  if ((imageDigest !== undefined && !isDigest(imageDigest)) || (imageTag !== undefined && !isTag(imageTag)))
    return undefined;
  const tagged = imageTag === undefined ? undefined : tags.get([...keyOf(place), imageTag])?.digest;
  const digest = imageDigest ?? tagged;
  if (digest === undefined || (imageTag !== undefined && tagged !== digest)) return undefined;
  const document = images.get([...keyOf(place), digest]);
  return document && { digest, document };
}

/** @throws AwsError ImageNotFoundException */
export function requireImage(state: EcrState, place: RepositoryPlace, id: ImageId): FoundImage {
  const found = findImage(state, place, id);
  if (!found) throw imageNotFound(place, id);
  return found;
}

export function imagesOf({ images }: EcrState, place: RepositoryPlace): FoundImage[] {
  return images.list(keyOf(place)).map(({ key, document }) => ({ digest: key.at(-1)!, document }));
}

/** Tags of a repository and the digests they name, by tag. */
export function tagsOf({ tags }: EcrState, place: RepositoryPlace): { tag: string; digest: string }[] {
  return tags.list(keyOf(place)).map(({ key, document }) => ({ tag: key.at(-1)!, digest: document.digest }));
}

/** Digests of the indexes that list an image: it can't be deleted before them. */
export function indexesOf(state: EcrState, place: RepositoryPlace, digest: string): string[] {
  return imagesOf(state, place)
    .filter(({ document }) => {
      if (kindOf(document.mediaType) !== "index") return false;
      const manifest = parseManifest(document.manifest, document.mediaType);
      return manifest.kind === "index" && manifest.manifests.some((item) => item.digest === digest);
    })
    .map((image) => image.digest);
}

/** Removes an image with all of its tags. Its blobs stay until `releaseLayers`. */
export function deleteImage(state: EcrState, place: RepositoryPlace, digest: string): void {
  state.store.write(() => {
    for (const { tag, digest: tagged } of tagsOf(state, place)) {
      if (tagged === digest) state.tags.remove([...keyOf(place), tag]);
    }
    state.images.remove([...keyOf(place), digest]);
  });
}

/** Lets go of the blobs that no image of the repository needs any more. */
export function releaseLayers(state: EcrState, place: RepositoryPlace): void {
  const inUse = imagesOf(state, place).flatMap(({ document }) =>
    blobsOf(parseManifest(document.manifest, document.mediaType)),
  );
  state.layers.collect(place, new Set(inUse));
}

/** Removes a tag; an image that loses its last one stays, and is found by its digest. */
export function deleteTag({ tags }: EcrState, place: RepositoryPlace, tag: string): void {
  tags.remove([...keyOf(place), tag]);
}

function manifestOf(text: string, mediaType: string | undefined): Manifest {
  try {
    return parseManifest(text, mediaType);
  } catch (error) {
    if (error instanceof ManifestFault) throw invalidParameter("imageManifest", error.message);
    throw error;
  }
}

function requireContent(state: EcrState, place: RepositoryPlace, manifest: Manifest): void {
  const absent = blobsOf(manifest).filter((digest) => state.layers.size(place, digest) === undefined);
  if (absent.length > 0) throw layersNotFound(place, absent);
  if (manifest.kind === "image") return;
  const unknown = manifest.manifests
    .map(({ digest }) => digest)
    .filter((digest) => !state.images.get([...keyOf(place), digest]));
  if (unknown.length > 0) throw referencedImagesNotFound(place, unknown);
}
