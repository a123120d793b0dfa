/** Bytes that are appended to. */
export class ByteBuilder {
  #bytes: Buffer;
  #length = 0;

  constructor(bytesAtFirst: number) {
    this.#bytes = Buffer.allocUnsafe(Math.max(bytesAtFirst, 64));
  }

  copy(source: Buffer, start: number, end: number): void {
    this.#ensure(end - start);
    this.#length += source.copy(this.#bytes, this.#length, start, end);
  }

  append(text: string): void {
    // UTF-8 has up to three bytes for each unit of a JavaScript string.
    this.#ensure(3 * text.length);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** The bytes so far, in a buffer of their own: it can be transferred to another thread. */
  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes.subarray(0, this.#length));
  }

  #ensure(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
