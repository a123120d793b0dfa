// xz files and the older .lzma ("alone"), as https://tukaani.org/xz/xz-file-format.txt has them. joblib writes both.

import { Cursor, type TepalError } from "../../base/index.js";
import { decodeLatin1 } from "../pickle/text.js";
import { crc32, crc64 } from "./checksums.js";
import { damaged, Inflated } from "./inflated.js";
import { LzmaDecoder, lzmaProperties } from "./lzma.js";

const headerMagic = "\xfd7zXZ\0";
const footerMagic = "YZ";
const lzma2Filter = 0x21;

/**
 * Bytes of a block's check by the check's number: none, CRC32, CRC64, SHA-256, and sizes for what is not defined yet.
 */
const checkBytes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** @throws ModelError "model-damaged", "model-too-large", "file-cut-short" */
export function inflateXz(file: Uint8Array): Uint8Array {
  const bytes = new Cursor(file);
  const out = new Inflated(file.length);
  do readStream(bytes, out);
  while (bytes.remaining > 0);
  return out.finish();
}

/** A byte of properties, the dictionary's size, the content's size or all ones, one run of the coder. */
export function inflateLzma(file: Uint8Array): Uint8Array {
  const bytes = new Cursor(file);
  const out = new Inflated(file.length);
  const decoder = new LzmaDecoder(file, out);
  decoder.setProperties(lzmaProperties(bytes.uint8("properties")));
  bytes.uint32("a dictionary's size");
  const length = bytes.uint64("a content's size");
  const unknown = length === 0xffffffffffffffffn;
  decoder.decode(bytes.offset, file.length, unknown ? Number.POSITIVE_INFINITY : Number(length));
  return out.finish();
}

function readStream(bytes: Cursor, out: Inflated): void {
  if (decodeLatin1(bytes.take(6, "a magic")) !== headerMagic) throw broken("a stream does not begin with its magic");
  const flags = bytes.take(2, "flags");
  checkCrc(bytes, flags, "its header");
  const check = flags[1]!;
  if (flags[0] !== 0 || check > 15) throw broken("its flags are unknown");
  // A block begins with its header's size in words, less 1; the index with 0.
  for (;;) {
    const words = bytes.uint8("a block's header");
    if (words === 0) break;
    readBlock(bytes, words, check, out);
  }
  skipIndex(bytes);
  bytes.advance(4, "a footer's checksum");
  bytes.advance(4, "a footer");
  if (bytes.uint8("flags") !== flags[0] || bytes.uint8("flags") !== check) throw broken("header and footer differ");
  if (decodeLatin1(bytes.take(2, "a footer's magic")) !== footerMagic)
    throw broken("a stream does not end with its magic");
  // Streams may be padded to multiples of four.
  while (bytes.remaining > 0 && bytes.bytes[bytes.offset] === 0) bytes.advance(1, "padding");
}

/** @param words the header's size in words of four bytes, less 1 */
function readBlock(bytes: Cursor, words: number, check: number, out: Inflated): void {
  const blockStart = bytes.offset - 1;
  const header = bytes.take(4 * words - 1, "a block's header");
  checkCrc(bytes, bytes.bytes.subarray(blockStart, bytes.offset), "a block's header");
  checkFilters(new Cursor(header));
  const start = out.length;
  readChunks(bytes, out);
  bytes.advance(-(bytes.offset - blockStart) & 3, "padding");
  const expected = bytes.take(checkBytes[check]!, "a block's check");
  const content = new DataView(expected.buffer, expected.byteOffset, expected.byteLength);
  const right =
    check === 1
      ? content.getUint32(0, true) === crc32(out.from(start))
      : check !== 4 || content.getBigUint64(0, true) === crc64(out.from(start));
  if (!right) throw broken("its checksum is wrong");
}

/** The header's flags, its optional sizes, and its one filter. */
function checkFilters(header: Cursor): void {
  const flags = header.uint8("flags");
  if (flags & 0x40) readNumber(header);
  if (flags & 0x80) readNumber(header);
  const filter = readNumber(header);
  if ((flags & 0x3f) !== 0 || filter !== lzma2Filter) throw broken("it uses a filter other than LZMA2");
}

/** LZMA2: chunks of LZMA or of uncompressed bytes; the control byte says what is reset before each. */
function readChunks(bytes: Cursor, out: Inflated): void {
  const decoder = new LzmaDecoder(bytes.bytes, out);
  // The first chunk must reset everything.
  let needed = 3;
  for (;;) {
    const control = bytes.uint8("a chunk's control");
    if (control === 0) return;
    if (control < 0x80) {
      if (control > 2 || (control === 2 && needed === 3)) throw broken(`a chunk's control is ${control}`);
      if (control === 1) decoder.start = out.length;
      needed = Math.min(needed, 2);
      out.append(bytes.take(readBigEndian(bytes) + 1, "a chunk"));
      continue;
    }
    const reset = (control >> 5) & 3;
    if (reset < needed) throw broken(`a chunk's control is ${control}`);
    needed = 0;
    const length = (control & 0x1f) * 65536 + readBigEndian(bytes) + 1;
    const size = readBigEndian(bytes) + 1;
    if (reset === 3) decoder.start = out.length;
    if (reset >= 2) decoder.setProperties(lzmaProperties(bytes.uint8("properties")));
    else if (reset === 1) decoder.resetState();
    const start = bytes.advance(size, "a chunk");
    if (decoder.decode(start, bytes.offset, length) !== bytes.offset) throw broken("a chunk's size is wrong");
  }
}

/** The index repeats the blocks' sizes, for readers that jump. */
function skipIndex(bytes: Cursor): void {
  const start = bytes.offset - 1;
  const records = readNumber(bytes);
  for (let count = 0; count < 2 * records; count++) readNumber(bytes);
  bytes.advance(-(bytes.offset - start) & 3, "padding");
  checkCrc(bytes, bytes.bytes.subarray(start, bytes.offset), "its index");
}

function checkCrc(bytes: Cursor, content: Uint8Array, what: string): void {
  if (bytes.uint32("a checksum") !== crc32(content)) throw broken(`the checksum of ${what} is wrong`);
}

/** A number in groups of seven bits, the lowest first. */
function readNumber(bytes: Cursor): number {
  let value = 0;
  for (let weight = 1; weight < 2 ** 49; weight *= 128) {
    const byte = bytes.uint8("a number");
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value;
  }
  throw broken("a number is too large");
}

function readBigEndian(bytes: Cursor): number {
  return bytes.uint8("a size") * 256 + bytes.uint8("a size");
}

function broken(what: string): TepalError {
  return damaged("xz", what);
}
