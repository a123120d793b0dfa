// LZMA: literals and matches in the bits of a range coder, as Igor Pavlov's lzma-specification.txt has them.

import type { TepalError } from "../../base/index.js";
import { damaged, type Inflated } from "./inflated.js";

const states = 12;
const posStatesMax = 16;
const matchMin = 2;
/** Slots from here on have direct bits, and four of a tree that all share. */
const alignedSlotMin = 14;
const slotMin = 4;
const alignBits = 4;
const fullDistances = 1 << (alignedSlotMin / 2);

/** Where each group of probabilities begins in the one array of them. */
const isMatch = 0;
const isRep = isMatch + states * posStatesMax;
const isRep0 = isRep + states;
const isRep1 = isRep0 + states;
const isRep2 = isRep1 + states;
const isRep0Long = isRep2 + states;
const slots = isRep0Long + states * posStatesMax;
const distances = slots + 4 * 64;
const aligns = distances + 1 + fullDistances - alignedSlotMin;
const lengths = aligns + (1 << alignBits);
const repLengths = lengths + 2 + 2 * posStatesMax * 8 + 256;
const literals = repLengths + 2 + 2 * posStatesMax * 8 + 256;
/** Within a group of lengths: two choices, then the three trees. */
const lowLengths = 2;
const middleLengths = lowLengths + posStatesMax * 8;
const highLengths = middleLengths + posStatesMax * 8;

const probabilityBits = 11;
const halfProbability = 1 << (probabilityBits - 1);
const adaptBits = 5;
const signBit = 0x80000000 | 0;

/** The encoder's parameters, from the first byte of its header. */
interface Properties {
  /** Bits of the byte before that choose a literal's probabilities. */
  readonly lc: number;
  /** Bits of the position that choose them. */
  readonly lp: number;
  /** Bits of the position that choose a match's. */
  readonly pb: number;
}

/** @throws ModelError "model-damaged" */
export function lzmaProperties(byte: number): Properties {
  if (byte >= 9 * 5 * 5) throw broken("its properties are out of range");
  return { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
}

/**
 * Decodes into `out`, whose content since `start` is the dictionary. Range and code are kept as signed words: they stay
 * small integers.
 */
export class LzmaDecoder {
  readonly #bytes: Uint8Array;
  readonly #out: Inflated;
  /** Where the dictionary begins in the output. */
  start: number;
  #probabilities = new Uint16Array();
  #properties: Properties = { lc: 0, lp: 0, pb: 0 };
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;
  #range = 0;
  #code = 0;
  #at = 0;
  #end = 0;

  constructor(bytes: Uint8Array, out: Inflated) {
    this.#bytes = bytes;
    this.#out = out;
    this.start = out.length;
  }

  setProperties(properties: Properties): void {
    this.#properties = properties;
    this.#probabilities = new Uint16Array(literals + (0x300 << (properties.lc + properties.lp)));
    this.resetState();
  }

  resetState(): void {
    this.#probabilities.fill(halfProbability);
    this.#state = 0;
    this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0;
  }

  /**
   * Decodes the bytes of the file from `at` to `end`, until `length` bytes came out of them or the end marker came.
   * @returns where the coder's last byte ends
   */
  decode(at: number, end: number, length: number): number {
    if (this.#bytes[at] !== 0) throw broken("its range coder does not begin with 0");
    this.#at = at + 1;
    this.#end = end;
    this.#range = -1;
    this.#code = 0;
    for (let count = 0; count < 4; count++) this.#code = (this.#code << 8) | this.#next();
    const out = this.#out;
    const stop = out.length + length;
    while (out.length < stop) {
      if (!this.#symbol(stop)) {
        if (length !== Number.POSITIVE_INFINITY && out.length !== stop) throw broken("it ends too early");
        break;
      }
    }
    if (this.#at > this.#end) throw broken("it ends too early");
    return this.#at;
  }

  /** Decodes a literal or a match. @returns false at the end marker */
  #symbol(stop: number): boolean {
    if (this.#at > this.#end) throw broken("it ends too early");
    const position = this.#out.length - this.start;
    const posState = position & ((1 << this.#properties.pb) - 1);
    const state = this.#state;
    if (this.#bit(isMatch + state * posStatesMax + posState) === 0) {
      this.#literal(position);
      return true;
    }
    let length: number;
    if (this.#bit(isRep + state) === 0) {
      this.#rep3 = this.#rep2;
      this.#rep2 = this.#rep1;
      this.#rep1 = this.#rep0;
      length = this.#length(lengths, posState);
      this.#state = state < 7 ? 7 : 10;
      this.#rep0 = this.#distance(length);
      if (this.#rep0 === 0xffffffff) return false;
    } else {
      if (this.#bit(isRep0 + state) === 0) {
        if (this.#bit(isRep0Long + state * posStatesMax + posState) === 0) {
          this.#state = state < 7 ? 9 : 11;
          this.#copy(1, stop);
          return true;
        }
      } else {
        this.#moveToFront(state);
      }
      length = this.#length(repLengths, posState);
      this.#state = state < 7 ? 8 : 11;
    }
    this.#copy(length + matchMin, stop);
    return true;
  }

  #moveToFront(state: number): void {
    let distance: number;
    if (this.#bit(isRep1 + state) === 0) {
      distance = this.#rep1;
    } else {
      if (this.#bit(isRep2 + state) === 0) {
        distance = this.#rep2;
      } else {
        distance = this.#rep3;
        this.#rep3 = this.#rep2;
      }
      this.#rep2 = this.#rep1;
    }
    this.#rep1 = this.#rep0;
    this.#rep0 = distance;
  }

  #literal(position: number): void {
    const { lc, lp } = this.#properties;
    const out = this.#out;
    out.reserve(1);
    const before = position > 0 ? out.bytes[out.length - 1]! : 0;
    const tree = literals + 0x300 * (((position & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
    let symbol = 1;
    if (this.#state >= 7) {
      // After a match, the byte that would have gone on with it chooses the probabilities, as long as it agrees.
      if (this.#rep0 >= position) throw broken("a match is before the content's start");
      let match = out.bytes[out.length - this.#rep0 - 1]!;
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(tree + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== matchBit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(tree + symbol);
    out.bytes[out.length++] = symbol & 0xff;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #copy(length: number, stop: number): void {
    const out = this.#out;
    if (this.#rep0 >= out.length - this.start) throw broken("a match is before the content's start");
    if (out.length + length > stop) throw broken("a match reaches beyond the content's end");
    out.repeat(this.#rep0 + 1, length);
  }

  /** A match's length, less the shortest. */
  #length(group: number, posState: number): number {
    if (this.#bit(group) === 0) return this.#tree(group + lowLengths + posState * 8, 3);
    if (this.#bit(group + 1) === 0) return 8 + this.#tree(group + middleLengths + posState * 8, 3);
    return 16 + this.#tree(group + highLengths, 8);
  }

  /** A match's distance, less 1. */
  #distance(length: number): number {
    const slot = this.#tree(slots + Math.min(length, 3) * 64, 6);
    if (slot < slotMin) return slot;
    const directBits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** directBits;
    if (slot < alignedSlotMin) return base + this.#reverseTree(distances + base - slot, directBits);
    return base + this.#direct(directBits - alignBits) * (1 << alignBits) + this.#reverseTree(aligns, alignBits);
  }

  #tree(at: number, bits: number): number {
    let symbol = 1;
    for (let bit = 0; bit < bits; bit++) symbol = (symbol << 1) | this.#bit(at + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(at: number, bits: number): number {
    let node = 1;
    let symbol = 0;
    for (let place = 0; place < bits; place++) {
      const bit = this.#bit(at + node);
      node = (node << 1) | bit;
      symbol |= bit << place;
    }
    return symbol;
  }

  #direct(bits: number): number {
    let value = 0;
    for (let count = 0; count < bits; count++) {
      this.#range >>>= 1;
      this.#code = (this.#code - this.#range) | 0;
      const below = this.#code >> 31;
      this.#code = (this.#code + (this.#range & below)) | 0;
      if ((this.#range & 0xff000000) === 0) {
        this.#range <<= 8;
        this.#code = (this.#code << 8) | this.#next();
      }
      value = value * 2 + below + 1;
    }
    return value;
  }

  #bit(index: number): number {
    const probabilities = this.#probabilities;
    const probability = probabilities[index]!;
    const bound = Math.imul(this.#range >>> probabilityBits, probability);
    let bit = 0;
    if ((this.#code ^ signBit) < (bound ^ signBit)) {
      this.#range = bound;
      probabilities[index] = probability + (((1 << probabilityBits) - probability) >> adaptBits);
    } else {
      this.#range = (this.#range - bound) | 0;
      this.#code = (this.#code - bound) | 0;
      probabilities[index] = probability - (probability >> adaptBits);
      bit = 1;
    }
    if ((this.#range & 0xff000000) === 0) {
      this.#range <<= 8;
      this.#code = (this.#code << 8) | this.#next();
    }
    return bit;
  }

  /** Beyond the end come zeros; `symbol` sees that it was passed. */
  #next(): number {
    return this.#bytes[this.#at++]! | 0;
  }
}

function broken(what: string): TepalError {
  return damaged("lzma", what);
}
