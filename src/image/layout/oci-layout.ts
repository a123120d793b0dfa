// The documents of an OCI layout (image-spec 1.1, image-layout.md), shared by directory and archive.

import { descriptorOf } from "../blob.js";
import { type Digest, hexOf } from "../digest.js";
import { encodeDocument, type ImageConfig } from "../documents.js";
import type { Image } from "../image.js";
import { ociIndexType } from "../media-types.js";
import { formatReference, type Reference, referenceOf } from "../reference.js";

export const layoutFile = "oci-layout";
export const indexFile = "index.json";
export const layoutDocument = encodeDocument({ imageLayoutVersion: "1.0.0" });

/** The tag, by which skopeo and podman find an image in a layout. */
export const refNameAnnotation = "org.opencontainers.image.ref.name";
/** The full name, which containerd and Docker import. */
export const fullNameAnnotation = "io.containerd.image.name";

export function blobPathOf(digest: Digest): string {
  return `blobs/sha256/${hexOf(digest)}`;
}

/** An image's entry in an index. */
export function indexEntryOf({ manifest }: Image, { os, architecture, variant }: ImageConfig, name: Reference): object {
  return {
    ...descriptorOf(manifest),
    platform: { architecture, os, ...(variant ? { variant } : {}) },
    annotations: { [refNameAnnotation]: referenceOf(name), [fullNameAnnotation]: formatReference(name) },
  };
}

export function encodeIndex(manifests: readonly object[]): Buffer {
  return encodeDocument({ schemaVersion: 2, mediaType: ociIndexType, manifests });
}
