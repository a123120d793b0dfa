import { type Blob, type Descriptor, readBlob } from "./blob.js";
import { type IndexEntry, type Platform, parseIndex, parseManifest, parseObject } from "./documents.js";
import { ImageError } from "./errors.js";
import { configOf, type Image } from "./image.js";
import { kindOf, ociIndexType, ociLayerTypeOf, ociManifestType } from "./media-types.js";
import { formatPlatform, runsOn, selectManifest } from "./platform.js";

/** Where blobs and manifests of an image come from: a registry, a directory or an archive. */
interface BlobSource {
  /** Its name in errors. */
  readonly name: string;
  blob(descriptor: Descriptor): Blob;
  manifest(entry: IndexEntry): Promise<Blob>;
}

/**
 * The media type of a manifest or index, from its content: older OCI documents have no `mediaType` member, so their
 * other members tell. A registry's Content-Type is not used, because cached documents have none.
 */
export function manifestTypeOf(bytes: Uint8Array): string {
  const document = parseObject(bytes, "manifest");
  if (typeof document.mediaType === "string") return document.mediaType;
  return document.manifests === undefined ? ociManifestType : ociIndexType;
}

/**
 * The image of a manifest, or that of an index for a platform.
 * @throws ImageError "image-platform", "image-media-type", "image-document-invalid"
 */
export async function imageOfManifest(top: Blob, source: BlobSource, platform: Platform): Promise<Image> {
  const isIndex = kindOf(top.mediaType) === "index";
  const chosen = isIndex
    ? await source.manifest(selectManifest(parseIndex(await readBlob(top)).manifests, platform, source.name))
    : top;
  if (kindOf(chosen.mediaType) !== "manifest") {
    throw new ImageError("image-media-type", `${source.name} has a manifest of type "${chosen.mediaType}"`);
  }
  const manifest = parseManifest(await readBlob(chosen));
  if (kindOf(manifest.config.mediaType) !== "config") {
    throw new ImageError(
      "image-media-type",
      `${source.name} contains "${manifest.config.mediaType}", which is not an image`,
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
      `${source.name} is for ${formatPlatform(config)}, expected ${formatPlatform(platform)}`,
    );
  }
  if (config.diffIds.length !== image.layers.length) {
    const counts = `${image.layers.length} layers and ${config.diffIds.length} diff_ids`;
    throw new ImageError("image-document-invalid", `${source.name} has ${counts}, expected the same number`);
  }
  return image;
}
