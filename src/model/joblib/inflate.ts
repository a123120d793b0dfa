// joblib.dump(..., compress=...) with zlib or gzip. Inflated in pieces, so that the limit holds before memory is taken.

import { Gunzip, Unzlib } from "fflate";
import { TepalError } from "../../base/index.js";
import { adler32, crc32 } from "./checksums.js";

/** Bytes of an inflated model. Larger ones do not fit a function's memory beside their arrays. */
const inflatedBytesMax = 1 << 30;

/** Deflate makes at most 1,032 bytes of one; arrays of numbers shrink to a tenth, a sparse forest to a fiftieth. */
const inflatedPerByteMax = 200;

/** What a small file may inflate to whatever its ratio. */
const inflatedBytesFree = 1 << 24;

/** Compressed bytes handed over at once: they inflate to at most 1,032 times as many. */
const pieceBytes = 1 << 14;

export function inflateGzip(file: Uint8Array): Uint8Array {
  const inflated = inflate(file, new Gunzip(), "gzip");
  // The trailer: the checksum, then the length, both little-endian.
  if (lastWord(file, 8, true) !== crc32(inflated)) throw damaged("gzip", "its checksum is wrong");
  return inflated;
}

export function inflateZlib(file: Uint8Array): Uint8Array {
  const inflated = inflate(file, new Unzlib(), "zlib");
  if (lastWord(file, 4, false) !== adler32(inflated)) throw damaged("zlib", "its checksum is wrong");
  return inflated;
}

function inflate(file: Uint8Array, stream: Gunzip | Unzlib, name: string): Uint8Array {
  const max = Math.min(inflatedBytesMax, Math.max(inflatedBytesFree, file.length * inflatedPerByteMax));
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  stream.ondata = (data, final) => {
    length += data.length;
    if (length > max) {
      throw new TepalError("model-too-large", `The file inflates to more than ${max} bytes`, {
        hint: `It has ${file.length} bytes; at most ${inflatedPerByteMax} for each of them, and ${inflatedBytesMax} in all, are read. Save it uncompressed.`,
      });
    }
    pieces.push(data);
    ended = final;
  };
  try {
    for (let start = 0; start < file.length; start += pieceBytes) {
      stream.push(file.subarray(start, start + pieceBytes), start + pieceBytes >= file.length);
    }
  } catch (cause) {
    if (cause instanceof TepalError) throw cause;
    throw damaged(name, "it cannot be inflated", cause);
  }
  if (!ended) throw damaged(name, "it ends too early");
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function lastWord(file: Uint8Array, fromEnd: number, littleEndian: boolean): number {
  return new DataView(file.buffer, file.byteOffset + file.length - fromEnd, 4).getUint32(0, littleEndian);
}

function damaged(name: string, what: string, cause?: unknown): TepalError {
  return new TepalError("model-damaged", `The file is damaged: ${name} data, and ${what}`, { cause });
}
