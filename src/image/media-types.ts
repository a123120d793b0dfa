// The media types of images in OCI image-spec 1.1 (media-types.md) and Docker's image manifest v2 schema 2.

import { ImageError } from "./errors.js";

export type Compression = "none" | "gzip" | "zstd";

type MediaTypeEntry =
  | { readonly kind: "manifest" | "index" | "config" }
  | { readonly kind: "layer"; readonly compression: Compression; readonly oci: string };

const ociLayer = "application/vnd.oci.image.layer.v1.tar";
const dockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

export const ociManifestType = "application/vnd.oci.image.manifest.v1+json";
export const ociIndexType = "application/vnd.oci.image.index.v1+json";
export const ociConfigType = "application/vnd.oci.image.config.v1+json";
export const ociLayerType = ociLayer;
export const ociGzipLayerType = `${ociLayer}+gzip`;
export const dockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";
const dockerIndexType = "application/vnd.docker.distribution.manifest.list.v2+json";
const dockerConfigType = "application/vnd.docker.container.image.v1+json";

/** `oci` is the media type of the same layer in an OCI manifest. */
const mediaTypes: ReadonlyMap<string, MediaTypeEntry> = new Map<string, MediaTypeEntry>([
  [ociManifestType, { kind: "manifest" }],
  [dockerManifestType, { kind: "manifest" }],
  [ociIndexType, { kind: "index" }],
  [dockerIndexType, { kind: "index" }],
  [ociConfigType, { kind: "config" }],
  [dockerConfigType, { kind: "config" }],
  [ociLayerType, { kind: "layer", compression: "none", oci: ociLayerType }],
  [ociGzipLayerType, { kind: "layer", compression: "gzip", oci: ociGzipLayerType }],
  [`${ociLayer}+zstd`, { kind: "layer", compression: "zstd", oci: `${ociLayer}+zstd` }],
  [dockerLayer, { kind: "layer", compression: "none", oci: ociLayerType }],
  [`${dockerLayer}.gzip`, { kind: "layer", compression: "gzip", oci: ociGzipLayerType }],
  [`${dockerLayer}.zstd`, { kind: "layer", compression: "zstd", oci: `${ociLayer}+zstd` }],
]);

/** The Accept header for manifests: every type that can be read. */
export const manifestAccept = [ociManifestType, dockerManifestType, ociIndexType, dockerIndexType].join(", ");

export function kindOf(mediaType: string): MediaTypeEntry["kind"] | undefined {
  return mediaTypes.get(mediaType)?.kind;
}

/** @throws ImageError "image-media-type" unless it is a supported layer type */
export function ociLayerTypeOf(mediaType: string): string {
  const entry = mediaTypes.get(mediaType);
  if (entry?.kind === "layer") return entry.oci;
  throw new ImageError("image-media-type", `Unsupported layer media type "${mediaType}"`);
}
