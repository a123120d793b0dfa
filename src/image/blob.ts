import { createReadStream } from "node:fs";
import { type Digest, digestOf, Hasher } from "./digest.js";
import { ImageError } from "./errors.js";

/** A manifest's reference to a blob. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
}

/** Content-addressed bytes, read on demand. */
export interface Blob extends Descriptor {
  /** The bytes from position `start`, 0 by default. */
  open(start?: number): AsyncIterable<Uint8Array>;
}

/** Larger than Node's 64 KiB, for fewer turns of the event loop per layer. */
const readBytesAtOnce = 1 << 18;

/** Manifests and configs are small; registries reject manifests above 4 MiB (distribution-spec). */
export const documentBytesMax = 4 << 20;

export function descriptorOf({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}

export function bytesBlob(bytes: Uint8Array, mediaType: string, digest = digestOf(bytes)): Blob {
  return {
    mediaType,
    digest,
    size: bytes.length,
    async *open(start = 0) {
      if (start < bytes.length) yield bytes.subarray(start);
    },
  };
}

/** A blob in a file, from byte `offset`. */
export function fileBlob(path: string, descriptor: Descriptor, offset = 0): Blob {
  return {
    ...descriptorOf(descriptor),
    open: (start = 0) => readFilePart(path, offset + start, descriptor.size - start),
  };
}

/** Part of a file, in chunks. */
export async function* readFilePart(path: string, start: number, size: number): AsyncGenerator<Uint8Array> {
  if (size <= 0) return;
  const range = { start, end: start + size - 1, highWaterMark: readBytesAtOnce };
  for await (const chunk of createReadStream(path, range)) yield chunk as Uint8Array;
}

/**
 * All bytes of a small blob, checked against its size and digest.
 * @throws ImageError "image-document-too-large", "image-digest-mismatch"
 */
export async function readBlob(blob: Blob, bytesMax = documentBytesMax): Promise<Uint8Array> {
  if (blob.size > bytesMax) {
    throw new ImageError("image-document-too-large", `${blob.digest} has ${blob.size} bytes, the limit is ${bytesMax}`);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of verified(blob.open(), blob)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Yields the bytes. Fails at the end, or at the first byte too many, if they do not match the descriptor.
 * @throws ImageError "image-digest-mismatch"
 */
export async function* verified(
  bytes: AsyncIterable<Uint8Array>,
  { digest, size }: Pick<Descriptor, "digest" | "size">,
): AsyncGenerator<Uint8Array> {
  const hasher = new Hasher();
  for await (const chunk of bytes) {
    if (hasher.update(chunk).size > size) {
      throw new ImageError("image-digest-mismatch", `${digest} has more than the expected ${size} bytes`);
    }
    yield chunk;
  }
  if (hasher.size !== size) {
    throw new ImageError("image-digest-mismatch", `${digest} has ${hasher.size} bytes, expected ${size}`);
  }
  const found = hasher.digest();
  if (found !== digest) throw new ImageError("image-digest-mismatch", `Expected ${digest}, found ${found}`);
}
