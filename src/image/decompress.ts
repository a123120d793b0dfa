import { Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { ImageError } from "./errors.js";
import type { Compression } from "./media-types.js";

/** The first bytes of each format. Media types are not always right. */
const magicNumbers: readonly (readonly [Compression, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
];

/** Large chunks: for a layer of 100 MB, the calls cost more than the memory. */
const outputBytesAtOnce = 1 << 18;

/**
 * Decompresses a layer by the format of its first bytes. An uncompressed tar file is returned unchanged.
 * @throws ImageError "image-compression-unsupported", "image-layer-corrupt"
 */
export async function* decompress(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  const head = await readHead(source);
  const whole = rejoin(head, source);
  const compression = compressionOf(head);
  if (compression === "none") {
    yield* whole;
    return;
  }
  let unpacker: Transform;
  try {
    unpacker = compression === "gzip" ? zlib.createGunzip({ chunkSize: outputBytesAtOnce }) : zstdUnpacker();
  } catch (error) {
    await source.return?.();
    throw error;
  }
  // `pipe` does not forward errors of the source.
  const input = Readable.from(whole, { objectMode: false, highWaterMark: outputBytesAtOnce });
  input.on("error", (error) => unpacker.destroy(error));
  try {
    for await (const chunk of input.pipe(unpacker)) yield chunk as Uint8Array;
  } catch (error) {
    if (isZlibError(error)) {
      throw new ImageError("image-layer-corrupt", `The layer's ${compression} data is damaged: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    input.destroy();
  }
}

export function compressionOf(head: Uint8Array): Compression {
  for (const [compression, magic] of magicNumbers) {
    if (magic.every((byte, i) => head[i] === byte)) return compression;
  }
  return "none";
}

const headBytes = 4;

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < headBytes) {
    const next = await source.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* rejoin(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

/** Node has zstd since 22.15; the types in use here are those of Node 20. */
function zstdUnpacker(): Transform {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  if (typeof create !== "function") {
    throw new ImageError(
      "image-compression-unsupported",
      "The layer is compressed with zstd, which this Node cannot read",
      { hint: "Use Node 22.15 or newer, or push the image again with gzip layers." },
    );
  }
  return create({ chunkSize: outputBytesAtOnce }) as Transform;
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^Z_|^ZSTD_/.test(String(error.code));
}
