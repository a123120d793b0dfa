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

/** Goes into every key: raise it when the same inputs give other layers than before. */
const cacheVersion = 1;

/** The key of a layer that is made from these inputs and nothing else. */
export function layerKey(inputs: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([cacheVersion, inputs]))
    .digest("hex");
}

/** A compressed layer as it is made, and the digest of what went in, known once all bytes are out. */
export interface LayerBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly diffId: () => string;
}

/**
 * The layer that was stored under `key`, or else the one that `make` gives, stored for the next time. A stored layer is
 * neither read nor hashed. Two makers at once do not disturb each other.
 */
export async function cachedLayer(cacheDir: string, key: string, make: () => LayerBytes): Promise<Layer> {
  const folder = join(cacheDir, "layers");
  const blobPath = join(folder, `${key}.tar.gz`);
  const factsPath = join(folder, `${key}.json`);
  const found = await readStored(blobPath, factsPath);
  if (found) return found;

  await mkdir(folder, { recursive: true });
  const { bytes, diffId } = make();
  const hasher = new Hasher();
  const partial = `${blobPath}.${randomUUID()}`;
  try {
    await pipeline(hashed(bytes, hasher), createWriteStream(partial, { mode: 0o644 }));
    const facts = {
      mediaType: ociGzipLayerType,
      digest: hasher.digest(),
      size: hasher.size,
      diffId: parseDigest(diffId()),
    };
    // The facts are renamed last: where they are, the layer is whole.
    await rename(partial, blobPath);
    await writeFile(partial, JSON.stringify(facts));
    await rename(partial, factsPath);
    return { ...fileBlob(blobPath, facts), diffId: facts.diffId };
  } finally {
    await rm(partial, { force: true });
  }
}

/** undefined when there is none, or when it is damaged and better made again. */
async function readStored(blobPath: string, factsPath: string): Promise<Layer | undefined> {
  try {
    const facts = object(parseJson(await readFile(factsPath), "stored layer"), "stored layer");
    const { size } = await stat(blobPath);
    if (size !== facts.size) return undefined;
    const descriptor = { mediaType: ociGzipLayerType, digest: parseDigest(facts.digest), size };
    return { ...fileBlob(blobPath, descriptor), diffId: parseDigest(facts.diffId) };
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
