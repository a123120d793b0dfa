import { BaseError } from "./errors.js";

/** Reads little-endian values from bytes, in order. The only reader of model files that must be right about where they end. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  /** The position of the next byte, counted from the start of the file. */
  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.bytes.length - this.#offset;
  }

  /**
   * Steps over `length` bytes and returns where they began. `what` names them in the error.
   * @throws BaseError "file-cut-short" when fewer are left.
   */
  advance(length: number, what: string): number {
    if (!(length >= 0 && length <= this.remaining)) {
      throw new BaseError(
        "file-cut-short",
        `Expected ${length} bytes of ${what} at byte ${this.#offset}, found ${this.remaining}`,
        { place: { byte: this.#offset } },
      );
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }

  /** A view of the next `length` bytes, not a copy. */
  take(length: number, what: string): Uint8Array {
    const start = this.advance(length, what);
    return this.bytes.subarray(start, start + length);
  }

  uint8(what: string): number {
    return this.#view.getUint8(this.advance(1, what));
  }

  uint16(what: string): number {
    return this.#view.getUint16(this.advance(2, what), true);
  }

  int32(what: string): number {
    return this.#view.getInt32(this.advance(4, what), true);
  }

  uint32(what: string): number {
    return this.#view.getUint32(this.advance(4, what), true);
  }

  uint64(what: string): bigint {
    return this.#view.getBigUint64(this.advance(8, what), true);
  }

  /** IEEE 754 double, big-endian: the order in which pickles write floats. */
  float64BigEndian(what: string): number {
    return this.#view.getFloat64(this.advance(8, what), false);
  }
}
