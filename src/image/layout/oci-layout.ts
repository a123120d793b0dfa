// The documents of an OCI layout (image-spec 1.1, image-layout.md), shared by the folder and the archive.

import { descriptorOf } from "../blob.js";
import { type Digest, hexOf } from "../digest.js";
import { encodeDocument, type ImageConfig } from "../documents.js";
import type { Image } from "../image.js";
import { ociIndexType } from "../media-types.js";
import { formatReference, type Reference, wantedOf } from "../reference.js";

export const layoutFile = "oci-layout";
export const indexFile = "index.json";
export const layoutDocument = encodeDocument({ imageLayoutVersion: "1.0.0" });

/** The tag, as skopeo and podman look an image up in a layout. */
export const refNameAnnotation = "org.opencontainers.image.ref.name";
/** The name in full, as containerd and Docker import it. */
export const fullNameAnnotation = "io.containerd.image.name";

export function blobPathOf(digest: Digest): string {
  return `blobs/sha256/${hexOf(digest)}`;
}

/** An image's entry in an index. */
export function indexEntryOf({ manifest }: Image, { os, architecture, variant }: ImageConfig, name: Reference): object {
  return {
    ...descriptorOf(manifest),
    platform: { architecture, os, ...(variant ? { variant } : {}) },
    annotations: { [refNameAnnotation]: wantedOf(name), [fullNameAnnotation]: formatReference(name) },
  };
}

export function encodeIndex(manifests: readonly object[]): Buffer {
  return encodeDocument({ schemaVersion: 2, mediaType: ociIndexType, manifests });
}
