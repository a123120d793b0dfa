// Layers of files on this machine: read when the layer is written, so that large ones are never in memory.

import { createReadStream, statSync } from "node:fs";
import { Gzip } from "fflate";
import { type Digest, Hasher } from "../digest.js";
import { ImageError } from "../errors.js";
import { type OnProgress, reported } from "../on-progress.js";
import { type NewEntry, tarEnd, tarHeader, tarPadding } from "../tar/write-tar.js";
import { sortedWithFolders } from "./entries.js";
import { inPieces } from "./gzip-pieces.js";
import type { LayerBytes } from "./layer-cache.js";

/** An entry of a layer. A file's content is in memory (`content`) or is a file of this machine (`file`). */
export interface LayerSource {
  readonly entry: NewEntry;
  readonly content?: Uint8Array;
  readonly file?: string;
  /** What `file` must still contain. */
  readonly digest?: Digest;
}

const fileBytesAtOnce = 1 << 20;
/** Level 6 takes twice as long for a fifth fewer bytes (see build-layer.ts). */
const level = 1;

/**
 * The bytes of a layer, compressed by `compress`.
 * @param onProgress called with the bytes that have been compressed
 * @throws ImageError "image-file-changed" while they are read, when a file changes
 */
export function fileLayer(
  sources: readonly LayerSource[],
  compress: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  onProgress?: OnProgress,
): LayerBytes {
  const hasher = new Hasher();
  const tar = hashed(tarOfSources(sources), hasher);
  if (!onProgress) return { bytes: compress(tar), diffId: () => hasher.digest() };
  // Headers and padding are not worth a pass over all entries: what they exceed the total by is not shown.
  const total = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  const counted = reported(inPieces(tar), (done) => onProgress({ done: Math.min(done, total), total }));
  return { bytes: compress(counted), diffId: () => hasher.digest() };
}

function sizeOf({ content, file }: LayerSource): number {
  return file === undefined ? (content?.length ?? 0) : statSync(file).size;
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hasher: Hasher): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hasher.update(chunk);
    yield chunk;
  }
}

async function* tarOfSources(sources: readonly LayerSource[]): AsyncGenerator<Uint8Array> {
  const sorted: readonly LayerSource[] = sortedWithFolders(sources);
  for (const source of sorted) {
    const { entry, content, file, digest } = source;
    const size = sizeOf(source);
    yield tarHeader({ ...entry, size });
    if (content) yield content;
    if (file !== undefined) yield* contentOf(file, size, digest);
    yield tarPadding(size);
  }
  yield tarEnd;
}

/** Exactly `size` bytes: more or fewer would damage the tar file. */
async function* contentOf(file: string, size: number, digest: Digest | undefined): AsyncGenerator<Uint8Array> {
  const hasher = new Hasher();
  for await (const chunk of createReadStream(file, { highWaterMark: fileBytesAtOnce })) {
    if (hasher.update(chunk as Uint8Array).size > size) break;
    yield chunk as Uint8Array;
  }
  if (hasher.size === size && (digest === undefined || hasher.digest() === digest)) return;
  throw new ImageError("image-file-changed", `${file} changed while it was read`, { place: { file } });
}

/** The digest of a file of any size. */
export async function fileDigest(file: string): Promise<Digest> {
  const hasher = new Hasher();
  for await (const chunk of createReadStream(file, { highWaterMark: fileBytesAtOnce })) {
    hasher.update(chunk as Uint8Array);
  }
  return hasher.digest();
}

/** Compresses in the same way on every machine; Node's zlib depends on the processor and the Node version. */
export async function* gzipSame(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const compressed: Uint8Array[] = [];
  const gzip = new Gzip({ level, mtime: 0 }, (chunk) => compressed.push(chunk));
  // Pieces of one size: fflate's output depends on where its input is split.
  for await (const piece of inPieces(bytes)) {
    gzip.push(piece);
    yield* compressed.splice(0);
  }
  gzip.push(new Uint8Array(0), true);
  yield* compressed.splice(0);
}
