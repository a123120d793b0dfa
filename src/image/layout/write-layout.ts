import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Blob } from "../blob.js";
import { list, object, parseObject } from "../documents.js";
import { blobsOf, configOf, type Image } from "../image.js";
import { type Reference, wantedOf } from "../reference.js";
import {
  blobPathOf,
  encodeIndex,
  indexEntryOf,
  indexFile,
  layoutDocument,
  layoutFile,
  refNameAnnotation,
} from "./oci-layout.js";

/**
 * Writes an image into an OCI layout folder, which may hold others: one of the same tag is replaced, blobs that are there are kept.
 * @throws ImageError "image-document-invalid" when the folder's index is not one
 */
export async function writeLayout(image: Image, folder: string, name: Reference): Promise<void> {
  for (const blob of [...blobsOf(image), image.manifest]) await writeBlob(blob, join(folder, blobPathOf(blob.digest)));
  const entry = indexEntryOf(image, await configOf(image), name);
  const others = (await entriesOf(join(folder, indexFile))).filter((other) => tagOf(other) !== wantedOf(name));
  await writeWhole(join(folder, layoutFile), layoutDocument);
  // Last: until then the folder names nothing that is not there.
  await writeWhole(join(folder, indexFile), encodeIndex([...others, entry]));
}

async function entriesOf(path: string): Promise<readonly object[]> {
  if (!existsSync(path)) return [];
  const { manifests } = parseObject(await readFile(path), "index");
  return list(manifests, "index.manifests").map((entry, i) => object(entry, `index.manifests[${i}]`));
}

function tagOf(entry: object): unknown {
  const annotations = "annotations" in entry ? entry.annotations : undefined;
  return annotations === undefined ? undefined : object(annotations, "annotations")[refNameAnnotation];
}

async function writeBlob(blob: Blob, path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.size === blob.size) return;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  try {
    await pipeline(blob.open(), createWriteStream(partial));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.partial`, bytes);
  await rename(`${path}.partial`, path);
}
