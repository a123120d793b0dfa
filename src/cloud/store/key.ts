// Encodes a document's key as bytes that sort like its parts: each part in UTF-8, with 0x00 as 0x00 0xff, followed by
// 0x00 0x01. The encoding is unambiguous, and the bytes of a shorter key are a prefix of every key that begins with its
// parts.

import type { Key } from "./store.js";

const escapedZero = Buffer.of(0x00, 0xff);
const partEnd = Buffer.of(0x00, 0x01);

/** The limit of LMDB as lmdb-js builds it. */
export const keyBytesMax = 1978;

/** @throws RangeError for a key longer than `keyBytesMax` */
export function encodeKey(key: Key): Buffer {
  const encoded = Buffer.concat(key.flatMap((part) => [encodePart(part), partEnd]));
  if (encoded.length > keyBytesMax)
    throw new RangeError(`A key has ${encoded.length} bytes; the store's limit is ${keyBytesMax}`);
  return encoded;
}

function encodePart(part: string): Buffer {
  const [first, ...rest] = part.split("\0");
  return rest.length === 0
    ? Buffer.from(part)
    : Buffer.concat([Buffer.from(first!), ...rest.flatMap((piece) => [escapedZero, Buffer.from(piece)])]);
}

export function decodeKey(encoded: Uint8Array): Key {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const parts: string[] = [];
  let part = "";
  let start = 0;
  for (let zero = bytes.indexOf(0); zero >= 0; zero = bytes.indexOf(0, start)) {
    part += bytes.toString("utf8", start, zero);
    if (bytes[zero + 1] === escapedZero[1]) part += "\0";
    else {
      parts.push(part);
      part = "";
    }
    start = zero + 2;
  }
  return parts;
}

/** The first bytes after every key that begins with `prefix`; undefined for the empty prefix. */
export function endOfPrefix(prefix: Buffer): Buffer | undefined {
  if (prefix.length === 0) return undefined;
  // The last byte ends a part, so that it never overflows.
  const end = Buffer.from(prefix);
  end[end.length - 1] = partEnd[1]! + 1;
  return end;
}
