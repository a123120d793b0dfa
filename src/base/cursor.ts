import { BaseError } from "./errors.js";

/** Reads little-endian values from bytes, in order, and checks every read against the end of the file. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  /** The offset of the next byte from the start of the file. */
  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.bytes.length - this.#offset;
  }

  /**
   * Skips `length` bytes and returns their offset. `what` names them in the error.
   * @throws BaseError "file-cut-short" if fewer bytes remain
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

  /** Returns a view of the next `length` bytes, not a copy. */
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

  /** An IEEE 754 double, big-endian as in pickles. */
  float64BigEndian(what: string): number {
    return this.#view.getFloat64(this.advance(8, what), false);
  }
}
