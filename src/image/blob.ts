import { createReadStream } from "node:fs";
import { type Digest, digestOf, Hasher } from "./digest.js";
import { ImageError } from "./errors.js";

/** How a manifest names a blob. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
}

/** Content-addressed bytes that are read only when somebody asks for them. */
export interface Blob extends Descriptor {
  /** The bytes from position `start` on; 0 when it is left out. */
  open(start?: number): AsyncIterable<Uint8Array>;
}

/** Larger pieces than Node's 64 KiB: fewer turns of the event loop for a layer of 100 MB. */
const readBytesAtOnce = 1 << 18;

/** Manifests and configs are small; registries refuse manifests above 4 MiB (distribution-spec). */
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

/** A blob that lies in a file, from byte `offset` on. */
export function fileBlob(path: string, descriptor: Descriptor, offset = 0): Blob {
  return {
    ...descriptorOf(descriptor),
    open: (start = 0) => readFilePart(path, offset + start, descriptor.size - start),
  };
}

/** So many bytes of a file, in pieces. */
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
    throw new ImageError(
      "image-document-too-large",
      `${blob.digest} has ${blob.size} bytes, at most ${bytesMax} are read`,
    );
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of verified(blob.open(), blob)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Passes bytes on and fails at the end, or at the first byte too many, unless they are what the descriptor says.
 * @throws ImageError "image-digest-mismatch"
 */
export async function* verified(
  bytes: AsyncIterable<Uint8Array>,
  { digest, size }: Pick<Descriptor, "digest" | "size">,
): AsyncGenerator<Uint8Array> {
  const hasher = new Hasher();
  for await (const chunk of bytes) {
    if (hasher.update(chunk).size > size) {
      throw new ImageError("image-digest-mismatch", `${digest} has more than the announced ${size} bytes`);
    }
    yield chunk;
  }
  if (hasher.size !== size) {
    throw new ImageError("image-digest-mismatch", `${digest} has ${hasher.size} bytes, announced were ${size}`);
  }
  const found = hasher.digest();
  if (found !== digest) throw new ImageError("image-digest-mismatch", `Expected ${digest}, found ${found}`);
}
