// bzip2: blocks of Huffman codes, of move-to-front indices, of a Burrows-Wheeler transform, of runs.

import type { TepalError } from "../../base/index.js";
import { BitReader, type HuffmanCode, huffmanCode } from "./bzip2-codes.js";
import { bzip2Crc } from "./checksums.js";
import { damaged, Inflated } from "./inflated.js";

/** The first 24 of 48 bits before a block (pi) and before the end (its square root), and the other 24. */
const blockMagic = [0x314159, 0x265359] as const;
const endMagic = [0x177245, 0x385090] as const;

/** Symbols that share one of the block's codes. */
const groupSymbols = 50;

/** @throws ModelError "model-damaged", "model-too-large" */
export function inflateBzip2(file: Uint8Array): Uint8Array {
  const bits = new BitReader(file);
  const out = new Inflated(file.length);
  do readStream(bits, out);
  while (bits.remainingBytes > 0);
  return out.finish();
}

function readStream(bits: BitReader, out: Inflated): void {
  if (bits.read(24) !== 0x425a68) throw broken("a stream does not begin with BZh");
  const level = bits.read(8) - 0x30;
  if (level < 1 || level > 9) throw broken("its block size is unknown");
  const block = new Uint32Array(level * 100_000);
  let combined = 0;
  for (;;) {
    const magic = [bits.read(24), bits.read(24)];
    const crc = bits.readWord();
    if (magic[0] === endMagic[0] && magic[1] === endMagic[1]) {
      if (crc !== combined) throw broken("its checksum is wrong");
      bits.skipToByte();
      return;
    }
    if (magic[0] !== blockMagic[0] || magic[1] !== blockMagic[1]) throw broken("a block does not begin with its magic");
    const start = out.length;
    readBlock(bits, block, out);
    if (bzip2Crc(out.from(start)) !== crc) throw broken("a block's checksum is wrong");
    combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0;
  }
}

function readBlock(bits: BitReader, block: Uint32Array, out: Inflated): void {
  if (bits.read(1) === 1) throw broken("a block is randomised, which bzip2 gave up in 1999");
  const origin = bits.read(24);
  const values = readValues(bits);
  const codeCount = bits.read(3);
  if (codeCount < 2 || codeCount > 6) throw broken(`a block has ${codeCount} codes`);
  const selectors = readSelectors(bits, codeCount);
  const codes = Array.from({ length: codeCount }, () => readCode(bits, values.length + 2));
  const length = readSymbols(bits, values, selectors, codes, block);
  if (origin >= length) throw broken("a block's origin is outside of the block");
  unsort(block, length, origin, out);
}

/** The byte values that occur in the block, as a map of 16 maps. */
function readValues(bits: BitReader): Uint8Array {
  const used = bits.read(16);
  const values: number[] = [];
  for (let high = 0; high < 16; high++) {
    if ((used & (0x8000 >> high)) === 0) continue;
    const map = bits.read(16);
    for (let low = 0; low < 16; low++) if (map & (0x8000 >> low)) values.push(16 * high + low);
  }
  if (values.length === 0) throw broken("a block uses no byte value");
  return Uint8Array.from(values);
}

/** Which code each group of symbols has, as indices that move to the front. */
function readSelectors(bits: BitReader, codeCount: number): Uint8Array {
  const count = bits.read(15);
  if (count === 0) throw broken("a block has no groups");
  const recent = Array.from({ length: codeCount }, (_, index) => index);
  return Uint8Array.from({ length: count }, () => {
    let index = 0;
    while (bits.read(1) === 1) if (++index >= codeCount) throw broken("a group refers to a code that does not exist");
    const [selector] = recent.splice(index, 1);
    recent.unshift(selector!);
    return selector!;
  });
}

/** The lengths of a code's codewords, each as a difference from the one before. */
function readCode(bits: BitReader, symbols: number): HuffmanCode {
  let length = bits.read(5);
  return huffmanCode(
    Uint8Array.from({ length: symbols }, () => {
      for (;;) {
        if (length < 1 || length > 20) throw broken(`a Huffman code has a codeword of ${length} bits`);
        if (bits.read(1) === 0) return length;
        length += bits.read(1) === 0 ? 1 : -1;
      }
    }),
  );
}

/** Fills `block` with the bytes of the transform. @returns how many there are */
function readSymbols(
  bits: BitReader,
  values: Uint8Array,
  selectors: Uint8Array,
  codes: readonly HuffmanCode[],
  block: Uint32Array,
): number {
  const recent = values.slice();
  const end = values.length + 1;
  let length = 0;
  // The symbols 0 and 1 are the digits 1 and 2 of a run's length, the lowest first.
  let run = 0;
  let digit = 1;
  for (let group = 0; ; group++) {
    const code = codes[selectors[group] ?? -1];
    if (!code) throw broken("a block has more symbols than groups");
    for (let count = 0; count < groupSymbols; count++) {
      const symbol = code.read(bits);
      if (symbol <= 1) {
        run += digit << symbol;
        digit *= 2;
        if (length + run > block.length) throw broken("a block is longer than announced");
        continue;
      }
      if (run > 0) {
        block.fill(recent[0]!, length, length + run);
        length += run;
        run = 0;
        digit = 1;
      }
      if (symbol === end) return length;
      const value = recent[symbol - 1]!;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = value;
      if (length >= block.length) throw broken("a block is longer than announced");
      block[length++] = value;
    }
  }
}

/**
 * Undoes the transform: follows, from the origin on, which byte came after which. The low 8 bits of an item are its
 * byte.
 */
function unsort(block: Uint32Array, length: number, origin: number, out: Inflated): void {
  const starts = new Uint32Array(257);
  for (let at = 0; at < length; at++) starts[block[at]! + 1]!++;
  for (let value = 0; value < 256; value++) starts[value + 1]! += starts[value]!;
  for (let at = 0; at < length; at++) {
    const value = block[at]! & 0xff;
    const to = starts[value]!++;
    block[to] = (block[to]! & 0xff) | (at << 8);
  }
  // Four equal bytes are followed by how many more of them there are.
  let item = block[origin]!;
  let before = -1;
  let equal = 0;
  for (let count = 0; count < length; count++) {
    item = block[item >>> 8]!;
    const value = item & 0xff;
    if (equal === 4) {
      out.reserve(value);
      out.bytes.fill(before, out.length, out.length + value);
      out.length += value;
      equal = 0;
      before = -1;
      continue;
    }
    equal = value === before ? equal + 1 : 1;
    before = value;
    out.reserve(1);
    out.bytes[out.length++] = value;
  }
}

function broken(what: string): TepalError {
  return damaged("bzip2", what);
}
