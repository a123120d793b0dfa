import { type Blob, type Descriptor, readBlob } from "./blob.js";
import { type IndexEntry, type Platform, parseIndex, parseManifest, parseObject } from "./documents.js";
import { ImageError } from "./errors.js";
import { configOf, type Image } from "./image.js";
import { kindOf, ociIndexType, ociLayerTypeOf, ociManifestType } from "./media-types.js";
import { formatPlatform, runsOn, selectManifest } from "./platform.js";

/** Where blobs and further manifests of an image come from: a registry, a folder, an archive. */
export interface BlobSource {
  /** What an error calls it. */
  readonly name: string;
  blob(descriptor: Descriptor): Blob;
  manifest(entry: IndexEntry): Promise<Blob>;
}

/**
 * The type of a manifest or index by its own words: older OCI documents leave the member out, and then their members tell. What a
 * registry's header says is not needed, and a cached document has none.
 */
export function manifestTypeOf(bytes: Uint8Array): string {
  const document = parseObject(bytes, "manifest");
  if (typeof document.mediaType === "string") return document.mediaType;
  return document.manifests === undefined ? ociManifestType : ociIndexType;
}

/**
 * The image that a manifest describes, or the one for a platform that an index describes.
 * @throws ImageError "image-platform", "image-media-type", "image-document-invalid"
 */
export async function imageOfManifest(top: Blob, source: BlobSource, platform: Platform): Promise<Image> {
  const isIndex = kindOf(top.mediaType) === "index";
  const chosen = isIndex
    ? await source.manifest(selectManifest(parseIndex(await readBlob(top)), platform, source.name))
    : top;
  if (kindOf(chosen.mediaType) !== "manifest") {
    throw new ImageError("image-media-type", `${source.name} has a manifest of type "${chosen.mediaType}"`);
  }
  const manifest = parseManifest(await readBlob(chosen));
  if (kindOf(manifest.config.mediaType) !== "config") {
    throw new ImageError(
      "image-media-type",
      `${source.name} holds "${manifest.config.mediaType}", which is not an image`,
    );
  }
  for (const { mediaType } of manifest.layers) ociLayerTypeOf(mediaType);
  const image: Image = {
    manifest: chosen,
    config: source.blob(manifest.config),
    layers: manifest.layers.map((layer) => source.blob(layer)),
  };
  const config = await configOf(image);
  if (!runsOn(config, platform)) {
    throw new ImageError(
      "image-platform",
      `${source.name} is for ${formatPlatform(config)}, wanted is ${formatPlatform(platform)}`,
    );
  }
  if (config.diffIds.length !== image.layers.length) {
    const counts = `${image.layers.length} layers and ${config.diffIds.length} diff_ids`;
    throw new ImageError("image-document-invalid", `${source.name} has ${counts}, expected as many of each`);
  }
  return image;
}
