// zlib and gzip, by fflate. Inflated in pieces, so that the limit applies before memory is allocated.

import { Gunzip, Unzlib } from "fflate";
import { TepalError } from "../../base/index.js";
import { decodeLatin1 } from "../pickle/text.js";
import { adler32, crc32 } from "./checksums.js";
import { damaged, Inflated } from "./inflated.js";

/** Compressed bytes inflated in one step: they inflate to at most 1,032 times as many. */
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

/** joblib before 0.10: "ZF", the inflated length in hex as Python writes it, spaces up to here, and zlib data. */
const zfileHeadBytes = 21;
const zfileHead = /^ZF0x([0-9a-f]{1,13})L? *$/;
const space = 0x20;

export function inflateZfile(file: Uint8Array): Uint8Array {
  const [, length] = zfileHead.exec(decodeLatin1(file.subarray(0, zfileHeadBytes))) ?? [];
  if (length === undefined) throw damaged("joblib", "its header has no length");
  // Python 2 wrote one more space up to joblib 0.8.4; zlib data never begins with one.
  const start = file[zfileHeadBytes] === space ? zfileHeadBytes + 1 : zfileHeadBytes;
  const inflated = inflateZlib(file.subarray(start));
  if (inflated.length !== Number.parseInt(length, 16)) throw damaged("joblib", "its header has another length");
  return inflated;
}

function inflate(file: Uint8Array, stream: Gunzip | Unzlib, name: string): Uint8Array {
  const out = new Inflated(file.length);
  let ended = false;
  stream.ondata = (data, final) => {
    out.append(data);
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
  return out.finish();
}

function lastWord(file: Uint8Array, fromEnd: number, littleEndian: boolean): number {
  return new DataView(file.buffer, file.byteOffset + file.length - fromEnd, 4).getUint32(0, littleEndian);
}
