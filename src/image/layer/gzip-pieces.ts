import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import * as zlib from "node:zlib";

const deflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

/** Large enough that the missing history of a piece costs under 1% of size, small enough to use all cores. */
const pieceBytes = 1 << 20;
/** Level 1 to 9; see `docs/images.md` for what each costs on the 100 MB of Node. */
const level = 3;
/** Magic number, deflate, no flags, no time, no extra flags, Unix. */
const gzipHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
const lastEmptyBlock = Uint8Array.of(3, 0);

/**
 * Compresses on all cores into one gzip member, like pigz: pieces are deflated independently and end on a byte
 * boundary. For the large base layer only; its bytes depend on Node's zlib.
 */
export async function* gzipPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const trailer = Buffer.alloc(8);
  let crc = 0;
  let size = 0;
  const running: Promise<Buffer>[] = [];
  yield gzipHeader;
  for await (const piece of inPieces(bytes)) {
    crc = crc32(piece, crc);
    size += piece.length;
    const deflated = deflateRaw(piece, { level, finishFlush: zlib.constants.Z_SYNC_FLUSH });
    // The reader may stop before this piece; if it does not, its own await gets the error.
    deflated.catch(() => {});
    running.push(deflated);
    if (running.length > availableParallelism()) yield await running.shift()!;
  }
  for (const deflated of running) yield await deflated;
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield lastEmptyBlock;
  yield trailer;
}

/** The same bytes in pieces of 1 MiB; the last one may be shorter. */
export async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let collected: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    for (let rest = chunk; rest.length > 0; ) {
      const part = rest.subarray(0, pieceBytes - length);
      collected.push(part);
      length += part.length;
      rest = rest.subarray(part.length);
      if (length < pieceBytes) continue;
      yield Buffer.concat(collected);
      collected = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(collected);
}

/** zlib.crc32 exists since Node 20.15. */
const crc32: (bytes: Uint8Array, before: number) => number = "crc32" in zlib ? zlib.crc32 : tableCrc32;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function tableCrc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
