import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileBlob } from "../blob.js";
import { Hasher, parseDigest } from "../digest.js";
import { object, parseJson } from "../documents.js";
import type { Layer } from "../image.js";
import { ociGzipLayerType } from "../media-types.js";

/** Part of every key: increase it when the same inputs give other layers. */
const cacheVersion = 1;

/** The key of a layer that depends only on these inputs. */
export function layerKey(inputs: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([cacheVersion, inputs]))
    .digest("hex");
}

/** A compressed layer as it is created, and the digest of its uncompressed bytes, known after the last byte. */
export interface LayerBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly diffId: () => string;
}

/**
 * The cached layer with this `key`, or the one that `make` creates, which is then cached. A cached layer is neither
 * read nor hashed. Parallel calls do not disturb each other.
 */
export async function cachedLayer(
  cacheDir: string,
  key: string,
  make: () => LayerBytes | Promise<LayerBytes>,
): Promise<Layer> {
  const directory = join(cacheDir, "layers");
  const blobPath = join(directory, `${key}.tar.gz`);
  const descriptorPath = join(directory, `${key}.json`);
  const found = await readStored(blobPath, descriptorPath);
  if (found) return found;

  await mkdir(directory, { recursive: true });
  const { bytes, diffId } = await make();
  const hasher = new Hasher();
  const partial = `${blobPath}.${randomUUID()}`;
  try {
    await pipeline(hashed(bytes, hasher), createWriteStream(partial, { mode: 0o644 }));
    const stored = {
      mediaType: ociGzipLayerType,
      digest: hasher.digest(),
      size: hasher.size,
      diffId: parseDigest(diffId()),
    };
    // The descriptor is renamed last: if it exists, the layer is complete.
    await rename(partial, blobPath);
    await writeFile(partial, JSON.stringify(stored));
    await rename(partial, descriptorPath);
    return { ...fileBlob(blobPath, stored), diffId: stored.diffId };
  } finally {
    await rm(partial, { force: true });
  }
}

/** undefined if the layer is not cached, or damaged. */
async function readStored(blobPath: string, descriptorPath: string): Promise<Layer | undefined> {
  try {
    const stored = object(parseJson(await readFile(descriptorPath), "stored layer"), "stored layer");
    const { size } = await stat(blobPath);
    if (size !== stored.size) return undefined;
    const descriptor = { mediaType: ociGzipLayerType, digest: parseDigest(stored.digest), size };
    return { ...fileBlob(blobPath, descriptor), diffId: parseDigest(stored.diffId) };
  } catch {
    return undefined;
  }
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hasher: Hasher): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hasher.update(chunk);
    yield chunk;
  }
}
