import { isDigest, kindOf } from "../../../image/index.js";
import type { StreamedReply } from "../../http.js";
import {
  deleteImage,
  deleteTag,
  findImage,
  type ImageId,
  indexesOf,
  releaseLayers,
  storeImage,
} from "../content/images.js";
import { manifestBytesMax } from "../content/manifest.js";
import { isTag } from "../names.js";
import { RegistryError } from "./errors.js";
import { emptyReply, type RepositoryRequest } from "./request.js";

/**
 * GET and HEAD of a manifest by tag or digest. The reply is the manifest as it was pushed, whatever media types the
 * client accepts.
 */
export async function readManifest({ state, repository, reference }: RepositoryRequest): Promise<StreamedReply> {
  const found = findImage(state, repository, imageIdOf(reference));
  if (!found) throw manifestUnknown(reference);
  const body = Buffer.from(found.document.manifest);
  return {
    status: 200,
    headers: {
      "content-type": found.document.mediaType,
      "content-length": String(body.length),
      "docker-content-digest": found.digest,
    },
    body,
  };
}

/** PUT of a manifest whose blobs the repository has. */
export async function putManifest({ state, repository, reference, http }: RepositoryRequest): Promise<StreamedReply> {
  const { imageDigest: digest, imageTag: tag } = imageIdOf(reference);
  const declared = http.headers["content-type"]?.split(";")[0]?.trim();
  const kind = declared === undefined ? undefined : kindOf(declared);
  const text = await textOf(http.stream);
  const mediaType = kind === "manifest" || kind === "index" ? declared : undefined;
  const pushed = storeImage(state, repository, { text, mediaType, tag, digest });
  const { subject } = pushed.manifest;
  return emptyReply(201, {
    location: `/v2/${repository.name}/manifests/${pushed.digest}`,
    "docker-content-digest": pushed.digest,
    ...(subject === undefined ? {} : { "oci-subject": subject.digest }),
  });
}

/** DELETE: only a tag, or by digest the image with all of its tags. */
export async function deleteManifest({ state, repository, reference }: RepositoryRequest): Promise<StreamedReply> {
  const { imageTag } = imageIdOf(reference);
  const found = findImage(state, repository, imageIdOf(reference));
  if (!found) throw manifestUnknown(reference);
  if (imageTag !== undefined) {
    deleteTag(state, repository, imageTag);
    return emptyReply(202);
  }
  const indexes = indexesOf(state, repository, found.digest);
  if (indexes.length > 0) {
    throw new RegistryError("DENIED", `Requested image referenced by manifest list: [${indexes.join(", ")}]`);
  }
  deleteImage(state, repository, found.digest);
  releaseLayers(state, repository);
  return emptyReply(202);
}

/** The reference at the end of a path: a digest, or else a tag. */
function imageIdOf(reference: string): ImageId {
  if (isDigest(reference)) return { imageDigest: reference };
  if (isTag(reference)) return { imageTag: reference };
  throw new RegistryError("TAG_INVALID", `'${reference}' is neither a tag nor a sha256 digest`);
}

const manifestUnknown = (reference: string): RegistryError =>
  new RegistryError("MANIFEST_UNKNOWN", `Requested image not found: '${reference}'`);

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > manifestBytesMax) {
      throw new RegistryError("SIZE_INVALID", `A manifest is limited to ${manifestBytesMax} bytes, found more`);
    }
    chunks.push(chunk);
  }
  try {
    // The string must encode to exactly the bytes that the digest was computed from.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new RegistryError("MANIFEST_INVALID", "The manifest is not UTF-8");
  }
}
