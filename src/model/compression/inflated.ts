// The output of a decompressor: it grows as it is filled, and ends before a small file can fill the memory.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";

/** Bytes of an inflated model. Larger models and their arrays do not fit into a function's memory. */
const inflatedBytesMax = 1 << 30;

/**
 * Deflate makes at most 1,032 bytes of one, xz some 7,000; arrays of numbers shrink to a tenth, a sparse forest to a
 * fiftieth.
 */
const inflatedPerByteMax = 200;

/** What a small file may inflate to whatever its ratio. */
const inflatedBytesFree = 1 << 24;

const startBytes = 1 << 16;

export class Inflated {
  readonly #fileBytes: number;
  readonly #max: number;
  /** Filled up to `length`. Another array after `reserve`. */
  bytes: Uint8Array = new Uint8Array(startBytes);
  length = 0;

  /** @param fileBytes length of the compressed file, which bounds the output */
  constructor(fileBytes: number) {
    this.#fileBytes = fileBytes;
    this.#max = Math.min(inflatedBytesMax, Math.max(inflatedBytesFree, fileBytes * inflatedPerByteMax));
  }

  /** Makes room for `count` bytes more. @throws ModelError "model-too-large" */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    if (needed > this.#max) {
      throw new ModelError("model-too-large", `The file inflates to more than ${this.#max} bytes`, {
        hint: `It has ${this.#fileBytes} bytes; the maximum is ${inflatedPerByteMax} inflated bytes for each of them and ${inflatedBytesMax} in all. Save it uncompressed.`,
      });
    }
    const grown = new Uint8Array(Math.min(this.#max, Math.max(needed, 2 * this.bytes.length)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  append(piece: Uint8Array): void {
    this.reserve(piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  /** Appends `count` bytes again that were written `distance` bytes ago; the two may overlap. */
  repeat(distance: number, count: number): void {
    this.reserve(count);
    const { bytes } = this;
    let to = this.length;
    const end = to + count;
    if (distance >= count) bytes.copyWithin(to, to - distance, end - distance);
    else for (let from = to - distance; to < end; ) bytes[to++] = bytes[from++]!;
    this.length = end;
  }

  /** What was written from `start` on: a view, valid until the next `reserve`. */
  from(start: number): Uint8Array {
    return this.bytes.subarray(start, this.length);
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** The error for compressed data that breaks its format. @param name "xz", "bzip2", ... */
export function damaged(name: string, what: string, cause?: unknown): TepalError {
  return new ModelError("model-damaged", `The file is damaged: ${name} data, and ${what}`, { cause });
}
