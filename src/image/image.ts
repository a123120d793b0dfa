import { type Blob, bytesBlob, descriptorOf, readBlob } from "./blob.js";
import type { Digest } from "./digest.js";
import { encodeConfig, encodeDocument, type ImageConfig, type Manifest, parseConfig } from "./documents.js";
import { ociConfigType, ociLayerTypeOf, ociManifestType } from "./media-types.js";

/** An image for one platform. */
export interface Image {
  readonly manifest: Blob;
  readonly config: Blob;
  /** The lowest first. */
  readonly layers: readonly Blob[];
}

/** A layer with the digest of its uncompressed bytes, which the config lists. */
export interface Layer extends Blob {
  readonly diffId: Digest;
}

/** The blobs that a registry must have before the manifest refers to them. */
export function blobsOf(image: Image): readonly Blob[] {
  return [image.config, ...image.layers];
}

/** @throws ImageError "image-document-invalid", "image-digest-mismatch" */
export async function configOf(image: Pick<Image, "config">): Promise<ImageConfig> {
  return parseConfig(await readBlob(image.config));
}

/** An OCI image of these layers. The same config and layers give the same digest on every machine. */
export function imageOf(config: ImageConfig, layers: readonly Blob[]): Image {
  return imageOfBlobs(bytesBlob(encodeConfig(config), ociConfigType), layers);
}

/** An OCI image with the exact bytes of the config. */
export function imageOfBlobs(config: Blob, layers: readonly Blob[]): Image {
  const ociLayers = layers.map((layer) => ({ ...layer, mediaType: ociLayerTypeOf(layer.mediaType) }));
  return {
    manifest: bytesBlob(encodeManifest({ config, layers: ociLayers }), ociManifestType),
    config,
    layers: ociLayers,
  };
}

function encodeManifest({ config, layers }: Manifest): Buffer {
  return encodeDocument({
    schemaVersion: 2,
    mediaType: ociManifestType,
    config: descriptorOf(config),
    layers: layers.map(descriptorOf),
  });
}
