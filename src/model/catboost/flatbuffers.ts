// FlatBuffers, the container of CatBoost's models: tables whose fields are found by offsets. Only what CatBoost's
// schema needs: https://flatbuffers.dev/internals describes the layout.

import type { TepalError } from "../../base/index.js";

/** Makes the error of the file that the buffer is part of. */
type Broken = (message: string) => TepalError;

/**
 * Bytes that vectors and strings may have together, as a multiple of the buffer's length: many tables may point to one
 * vector, and CatBoost's writer shares the small ones.
 */
const sharingMax = 4;

/** Room for a buffer that is shorter than its shared parts. */
const sharedBytesMin = 1 << 20;

/** A buffer, and how many bytes may still be read from it. */
class Buffer {
  readonly view: DataView;
  readonly broken: Broken;
  #bytesLeft: number;

  constructor(bytes: Uint8Array, broken: Broken) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.broken = broken;
    this.#bytesLeft = sharedBytesMin + sharingMax * bytes.length;
  }

  /** @returns `at`, if `length` bytes follow it */
  check(at: number, length: number): number {
    if (!(at >= 0 && at + length <= this.view.byteLength))
      throw this.broken(`an offset leads to byte ${at} of ${this.view.byteLength}`);
    return at;
  }

  uint16(at: number): number {
    return this.view.getUint16(this.check(at, 2), true);
  }

  int32(at: number): number {
    return this.view.getInt32(this.check(at, 4), true);
  }

  uint32(at: number): number {
    return this.view.getUint32(this.check(at, 4), true);
  }

  /** Where an offset that is stored at `at` leads. */
  follow(at: number): number {
    return at + this.uint32(at);
  }

  /** The items of a vector: where they begin, and how many there are. */
  vector(at: number, itemBytes: number): { readonly start: number; readonly count: number } {
    const start = this.follow(at);
    const count = this.uint32(start);
    this.#bytesLeft -= count * itemBytes + 4;
    if (this.#bytesLeft < 0) throw this.broken("its vectors are longer together than the file");
    return { start: this.check(start + 4, count * itemBytes), count };
  }
}

type Pair = readonly [number, number];

/** One table. Every read is checked against the end of the buffer. Fields are numbered as in the schema. */
export class FlatTable {
  readonly #buffer: Buffer;
  readonly #start: number;
  readonly #fields: number;
  readonly #fieldsEnd: number;

  private constructor(buffer: Buffer, start: number) {
    this.#buffer = buffer;
    this.#start = start;
    const vtable = start - buffer.int32(start);
    this.#fields = vtable + 4;
    this.#fieldsEnd = vtable + buffer.uint16(vtable);
  }

  /** The table that a buffer begins with. */
  static root(bytes: Uint8Array, broken: Broken): FlatTable {
    const buffer = new Buffer(bytes, broken);
    return new FlatTable(buffer, buffer.follow(0));
  }

  boolean(field: number, absent: boolean): boolean {
    const at = this.#at(field);
    return at === undefined ? absent : this.#buffer.view.getUint8(this.#buffer.check(at, 1)) !== 0;
  }

  byte(field: number): number {
    const at = this.#at(field);
    return at === undefined ? 0 : this.#buffer.view.getInt8(this.#buffer.check(at, 1));
  }

  int(field: number, absent: number): number {
    const at = this.#at(field);
    return at === undefined ? absent : this.#buffer.int32(at);
  }

  float(field: number, absent: number): number {
    const at = this.#at(field);
    return at === undefined ? absent : this.#buffer.view.getFloat32(this.#buffer.check(at, 4), true);
  }

  double(field: number, absent: number): number {
    const at = this.#at(field);
    return at === undefined ? absent : this.#buffer.view.getFloat64(this.#buffer.check(at, 8), true);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  /** A view, not a copy. */
  bytes(field: number): Uint8Array {
    const { start, count } = this.#vector(field, 1);
    const { buffer, byteOffset } = this.#buffer.view;
    return new Uint8Array(buffer, byteOffset + start, count);
  }

  table(field: number): FlatTable {
    const at = this.#at(field);
    if (at === undefined) throw this.#buffer.broken(`a table has no field ${field}`);
    return new FlatTable(this.#buffer, this.#buffer.follow(at));
  }

  tables(field: number): readonly FlatTable[] {
    const { start, count } = this.#vector(field, 4);
    return Array.from(
      { length: count },
      (_, index) => new FlatTable(this.#buffer, this.#buffer.follow(start + 4 * index)),
    );
  }

  texts(field: number): readonly string[] {
    const { start, count } = this.#vector(field, 4);
    return Array.from({ length: count }, (_, index) => {
      const text = this.#buffer.vector(start + 4 * index, 1);
      const { buffer, byteOffset } = this.#buffer.view;
      return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + text.start, text.count));
    });
  }

  ints(field: number): Int32Array {
    const { start, count } = this.#vector(field, 4);
    return Int32Array.from({ length: count }, (_, index) => this.#buffer.view.getInt32(start + 4 * index, true));
  }

  floats(field: number): Float32Array {
    const { start, count } = this.#vector(field, 4);
    return Float32Array.from({ length: count }, (_, index) => this.#buffer.view.getFloat32(start + 4 * index, true));
  }

  doubles(field: number): Float64Array {
    const { start, count } = this.#vector(field, 8);
    return Float64Array.from({ length: count }, (_, index) => this.#buffer.view.getFloat64(start + 8 * index, true));
  }

  /** Structs of two numbers of 16 bits, one after the other. */
  shortPairs(field: number): Uint16Array {
    const { start, count } = this.#vector(field, 4);
    return Uint16Array.from({ length: 2 * count }, (_, index) => this.#buffer.view.getUint16(start + 2 * index, true));
  }

  /** Structs of an integer and a float. */
  intFloatPairs(field: number): readonly Pair[] {
    return this.#pairs(field, (at) => this.#buffer.view.getFloat32(at, true));
  }

  /** Structs of two integers. */
  intPairs(field: number): readonly Pair[] {
    return this.#pairs(field, (at) => this.#buffer.view.getInt32(at, true));
  }

  #pairs(field: number, second: (at: number) => number): readonly Pair[] {
    const { start, count } = this.#vector(field, 8);
    return Array.from({ length: count }, (_, index) => {
      const at = start + 8 * index;
      return [this.#buffer.view.getInt32(at, true), second(at + 4)];
    });
  }

  /** Where a field is; undefined where the file leaves it out, because it has its default. */
  #at(field: number): number | undefined {
    const entry = this.#fields + 2 * field;
    if (entry + 2 > this.#fieldsEnd) return undefined;
    const offset = this.#buffer.uint16(entry);
    return offset === 0 ? undefined : this.#start + offset;
  }

  #vector(field: number, itemBytes: number): { readonly start: number; readonly count: number } {
    const at = this.#at(field);
    return at === undefined ? { start: 0, count: 0 } : this.#buffer.vector(at, itemBytes);
  }
}
