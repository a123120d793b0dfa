import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Blob } from "../blob.js";
import { list, object, parseObject } from "../documents.js";
import { blobsOf, configOf, type Image } from "../image.js";
import { type Reference, referenceOf } from "../reference.js";
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
 * Writes an image into an OCI layout directory, which may contain others: an image of the same tag is replaced,
 * existing blobs are kept.
 * @throws ImageError "image-document-invalid" when the directory's index is invalid
 */
export async function writeLayout(image: Image, directory: string, name: Reference): Promise<void> {
  for (const blob of [...blobsOf(image), image.manifest])
    await writeBlob(blob, join(directory, blobPathOf(blob.digest)));
  const entry = indexEntryOf(image, await configOf(image), name);
  const others = (await entriesOf(join(directory, indexFile))).filter((other) => tagOf(other) !== referenceOf(name));
  await writeWhole(join(directory, layoutFile), layoutDocument);
  // Last: the index never refers to a missing blob.
  await writeWhole(join(directory, indexFile), encodeIndex([...others, entry]));
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
  const existing = await stat(path).catch(() => undefined);
  if (existing?.size === blob.size) return;
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
