// Reads an image from a file or directory: OCI layout, OCI archive, Docker archive.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { TepalError } from "../../base/index.js";
import { type Blob, bytesBlob, type Descriptor, fileBlob } from "../blob.js";
import { type IndexEntry, type Platform, parseIndex } from "../documents.js";
import { ImageError } from "../errors.js";
import type { Image } from "../image.js";
import { imageOfManifest, manifestTypeOf } from "../image-of-manifest.js";
import { kindOf } from "../media-types.js";
import { selectManifest } from "../platform.js";
import { sameName } from "../reference.js";
import { dockerManifestFile, readDockerArchive } from "./docker-archive.js";
import { blobPathOf, fullNameAnnotation, indexFile, refNameAnnotation } from "./oci-layout.js";
import { openStored, readStored, type StoredFiles } from "./stored-files.js";

interface ReadOptions {
  readonly platform: Platform;
  /** The tag or full name of the image, for a file with several. */
  readonly name?: string;
}

/** Whether a path has the format of an image, and not that of a model file. */
export function looksLikeImage(path: string): boolean {
  if (!existsSync(path)) return false;
  if (statSync(path).isDirectory()) return existsSync(join(path, indexFile));
  try {
    const files = openStored(path);
    return (files.find(indexFile) ?? files.find(dockerManifestFile)) !== undefined;
  } catch (error) {
    if (error instanceof TepalError) return false;
    throw error;
  }
}

/** @throws ImageError "image-unreadable", "image-ambiguous", "image-platform", "image-tar-...", "image-document-..." */
export async function readImage(path: string, options: ReadOptions): Promise<Image> {
  const files = openStored(path);
  const index = files.find(indexFile);
  if (index) return readLayout(files, parseIndex(readStored(index)).manifests, options);
  const manifest = files.find(dockerManifestFile);
  if (manifest) return readDockerArchive(files, readStored(manifest), options);
  throw new ImageError(
    "image-unreadable",
    `${path} is not an image: it contains neither ${indexFile} nor ${dockerManifestFile}`,
    {
      place: { file: path },
    },
  );
}

async function readLayout(files: StoredFiles, entries: readonly IndexEntry[], options: ReadOptions): Promise<Image> {
  const { platform, name } = options;
  const named = entries.filter(({ annotations }) =>
    [refNameAnnotation, fullNameAnnotation].some((key) => sameName(annotations[key] ?? "", name ?? "")),
  );
  if (name !== undefined && named.length === 0) {
    const names = entries
      .map(({ annotations }) => annotations[refNameAnnotation] ?? "an image without a name")
      .join(", ");
    throw new ImageError("image-ambiguous", `Image "${name}" not found in ${files.path}, which contains ${names}`);
  }
  const source = {
    name: files.path,
    blob: (descriptor: Descriptor) => storedBlob(files, descriptor),
    manifest: async (entry: Descriptor) => manifestBlob(files, entry),
  };
  const candidates = name === undefined ? entries : named;
  const single = candidates.length === 1 ? candidates[0]! : selectOnly(candidates, platform, files.path);
  return imageOfManifest(manifestBlob(files, single), source, platform);
}

/** The image for a platform in a layout with several. */
function selectOnly(entries: readonly IndexEntry[], platform: Platform, path: string): IndexEntry {
  const names = entries.map(({ annotations }) => annotations[refNameAnnotation]).filter((tag) => tag !== undefined);
  if (new Set(names).size > 1) {
    throw new ImageError("image-ambiguous", `${path} contains several images: ${names.join(", ")}`);
  }
  const index = entries.find(({ mediaType }) => kindOf(mediaType) === "index");
  return index ?? selectManifest(entries, platform, path);
}

function manifestBlob(files: StoredFiles, descriptor: Descriptor): Blob {
  const bytes = readStored(requiredFile(files, descriptor));
  return bytesBlob(bytes, manifestTypeOf(bytes), descriptor.digest);
}

function storedBlob(files: StoredFiles, descriptor: Descriptor): Blob {
  const { path, offset } = requiredFile(files, descriptor);
  return fileBlob(path, descriptor, offset);
}

function requiredFile(files: StoredFiles, { digest, size }: Descriptor) {
  const found = files.find(blobPathOf(digest));
  if (!found) throw new ImageError("image-unreadable", `${files.path} refers to ${digest}, which is missing`);
  if (found.size === size) return found;
  throw new ImageError("image-digest-mismatch", `${digest} has ${found.size} bytes in ${files.path}, expected ${size}`);
}
