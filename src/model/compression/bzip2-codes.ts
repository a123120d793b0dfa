// bzip2's bits, the highest of a byte first, and its Huffman codes.

import { damaged } from "./inflated.js";

export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Bits that were taken from the bytes and not yet read: the lowest `#held` of the word. */
  #word = 0;
  #held = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remainingBytes(): number {
    return this.#bytes.length - this.#at;
  }

  /** @param count at most 24 */
  read(count: number): number {
    while (this.#held < count) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw damaged("bzip2", "it ends too early");
      this.#word = (this.#word << 8) | byte;
      this.#held += 8;
    }
    this.#held -= count;
    return (this.#word >>> this.#held) & ((1 << count) - 1);
  }

  /** 32 bits. */
  readWord(): number {
    const high = this.read(16);
    return high * 65536 + this.read(16);
  }

  skipToByte(): void {
    this.#held -= this.#held % 8;
  }
}

const wordBitsMax = 20;

export interface HuffmanCode {
  /** Reads one symbol. */
  read(bits: BitReader): number;
}

/**
 * The Huffman code with codewords of these lengths: shorter codewords first, equal ones in the order of their symbols.
 */
export function huffmanCode(lengths: Uint8Array): HuffmanCode {
  const counts = new Uint32Array(wordBitsMax + 2);
  let room = 1 << wordBitsMax;
  for (const length of lengths) {
    counts[length]!++;
    room -= 1 << (wordBitsMax - length);
  }
  if (room < 0) throw damaged("bzip2", "a Huffman code has more codewords than its lengths allow");
  const symbols = new Uint16Array(lengths.length);
  let at = 0;
  for (let length = 1; length <= wordBitsMax; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) symbols[at++] = symbol;
  }
  return {
    read(bits) {
      let word = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length <= wordBitsMax; length++) {
        word = (word << 1) | bits.read(1);
        const count = counts[length]!;
        if (word - first < count) return symbols[index + word - first]!;
        index += count;
        first = (first + count) << 1;
      }
      throw damaged("bzip2", "a symbol has no codeword");
    },
  };
}
