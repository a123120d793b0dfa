// LZ4 frames, as https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md have them.

import { Cursor } from "../../base/index.js";
import { damaged, Inflated } from "./inflated.js";
import { xxHash32 } from "./xx-hash.js";

const magic = 0x184d2204;

/** A match is at least so long; shorter ones would cost more than they save. */
const matchMin = 4;

/** The highest bit of a block's size: its bytes are not compressed. */
const stored = 0x80000000;

/** The largest block that the format has. */
const blockBytesMax = 1 << 22;

/** @throws ModelError "model-damaged", "model-too-large", "file-cut-short" */
export function inflateLz4(file: Uint8Array): Uint8Array {
  const bytes = new Cursor(file);
  const out = new Inflated(file.length);
  do readFrame(bytes, out);
  while (bytes.remaining > 0);
  return out.finish();
}

function readFrame(bytes: Cursor, out: Inflated): void {
  if (bytes.uint32("a frame's magic") !== magic) throw broken("a frame does not begin with its magic");
  const { hasBlockChecksums, hasContentChecksum } = readDescriptor(bytes);
  const frameStart = out.length;
  for (;;) {
    const word = bytes.uint32("a block's size");
    if (word === 0) break;
    const size = word & ~stored;
    if (size > blockBytesMax) throw broken(`a block has ${size} bytes, at most ${blockBytesMax}`);
    const block = bytes.take(size, "a block");
    if (hasBlockChecksums && bytes.uint32("a block's checksum") !== xxHash32(block))
      throw broken("a block's checksum is wrong");
    if ((word & stored) !== 0) out.append(block);
    else readBlock(block, out, frameStart);
  }
  if (hasContentChecksum && bytes.uint32("a checksum") !== xxHash32(out.from(frameStart)))
    throw broken("its checksum is wrong");
}

function readDescriptor(bytes: Cursor) {
  const start = bytes.offset;
  const flags = bytes.uint8("a frame's flags");
  bytes.uint8("a block's largest size");
  if (flags >> 6 !== 1) throw broken(`its version is ${flags >> 6}`);
  if (flags & 1) throw broken("it needs a dictionary that is not in the file");
  if (flags & 8) bytes.advance(8, "a content's size");
  const descriptor = bytes.bytes.subarray(start, bytes.offset);
  if (bytes.uint8("a header's checksum") !== ((xxHash32(descriptor) >>> 8) & 0xff))
    throw broken("its header's checksum is wrong");
  return { hasBlockChecksums: (flags & 16) !== 0, hasContentChecksum: (flags & 4) !== 0 };
}

/** Sequences of literals and a match; the last one has literals only. Matches may reach into the blocks before. */
function readBlock(block: Uint8Array, out: Inflated, frameStart: number): void {
  let at = 0;
  function length(nibble: number): number {
    if (nibble < 15) return nibble;
    let sum = 15;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw broken("a length ends too early");
      sum += byte;
      if (byte < 255) return sum;
    }
  }
  while (at < block.length) {
    const token = block[at++]!;
    const literals = length(token >> 4);
    if (at + literals > block.length) throw broken("literals reach beyond their block");
    out.append(block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    if (at + 2 > block.length) throw broken("a match ends too early");
    const distance = block[at]! | (block[at + 1]! << 8);
    at += 2;
    if (distance === 0 || distance > out.length - frameStart) throw broken("a match is before the content's start");
    out.repeat(distance, length(token & 15) + matchMin);
  }
}

function broken(what: string) {
  return damaged("lz4", what);
}
