// The format of `docker save` before version 25: a list of images with the file names of config and layers, mostly
// uncompressed.

import { type Blob, bytesBlob, fileBlob, readFilePart } from "../blob.js";
import { compressionOf } from "../decompress.js";
import { Hasher } from "../digest.js";
import { list, listOfStrings, object, optional, type Platform, parseConfig, parseJson, string } from "../documents.js";
import { ImageError } from "../errors.js";
import { type Image, imageOfBlobs } from "../image.js";
import { ociConfigType, ociGzipLayerType, ociLayerType } from "../media-types.js";
import { formatPlatform, runsOn } from "../platform.js";
import { sameName } from "../reference.js";
import { readStored, type StoredFile, type StoredFiles } from "./stored-files.js";

export const dockerManifestFile = "manifest.json";

interface SavedImage {
  readonly config: string;
  readonly names: readonly string[];
  readonly layers: readonly string[];
}

/** Reads an image from an archive. The archive has no digests, so every layer is read once to compute them. */
export async function readDockerArchive(
  files: StoredFiles,
  manifest: Uint8Array,
  { platform, name }: { readonly platform: Platform; readonly name?: string },
): Promise<Image> {
  const saved = list(parseJson(manifest, dockerManifestFile), dockerManifestFile).map(parseSaved);
  const candidates =
    name === undefined ? saved : saved.filter(({ names }) => names.some((each) => sameName(each, name)));
  if (candidates.length !== 1) {
    const names = saved.flatMap((image) => image.names).join(", ") || "images without a name";
    throw new ImageError(
      "image-ambiguous",
      name === undefined
        ? `${files.path} contains several images: ${names}`
        : `Image "${name}" not found in ${files.path}, which contains ${names}`,
    );
  }
  const { config, layers } = candidates[0]!;
  const configBytes = readStored(requiredFile(files, config));
  const { diffIds, ...its } = parseConfig(configBytes);
  if (!runsOn(its, platform)) {
    throw new ImageError(
      "image-platform",
      `${files.path} is for ${formatPlatform(its)}, expected ${formatPlatform(platform)}`,
    );
  }
  if (diffIds.length !== layers.length) {
    throw new ImageError(
      "image-document-invalid",
      `${files.path} has ${layers.length} layers and ${diffIds.length} diff_ids`,
    );
  }
  const blobs: Blob[] = [];
  for (const layer of layers) blobs.push(await layerBlob(requiredFile(files, layer)));
  return imageOfBlobs(bytesBlob(configBytes, ociConfigType), blobs);
}

function parseSaved(value: unknown, i: number): SavedImage {
  const place = `${dockerManifestFile}[${i}]`;
  const { Config, RepoTags, Layers } = object(value, place);
  return {
    config: string(Config, `${place}.Config`),
    names: optional(RepoTags, `${place}.RepoTags`, listOfStrings) ?? [],
    layers: listOfStrings(Layers, `${place}.Layers`),
  };
}

async function layerBlob({ path, offset, size }: StoredFile): Promise<Blob> {
  const hasher = new Hasher();
  let mediaType = ociLayerType;
  for await (const chunk of readFilePart(path, offset, size)) {
    if (hasher.size === 0 && compressionOf(chunk) === "gzip") mediaType = ociGzipLayerType;
    hasher.update(chunk);
  }
  return fileBlob(path, { mediaType, digest: hasher.digest(), size }, offset);
}

function requiredFile(files: StoredFiles, name: string): StoredFile {
  const found = files.find(name);
  if (found) return found;
  throw new ImageError("image-unreadable", `${files.path} refers to ${name}, which is missing`);
}
