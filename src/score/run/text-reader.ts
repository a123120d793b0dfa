// Reads a stream of bytes in blocks of whole records. Where a block ends depends only on where it starts: a run that
// was interrupted cuts the rest of the file into the same blocks, and writes the same bytes.

import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ScoreError } from "../errors.js";

/** Large enough for a thread to be busy for some milliseconds, small enough for several in memory. */
const blockBytes = 1 << 20;
/** A longer record is a double quote that is not closed, or a file of another format. */
const recordBytesMax = 16 << 20;

export class TextReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffered: Uint8Array[] = [];
  #bufferedBytes = 0;
  #ended = false;
  /** Bytes that have been consumed. */
  position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, without consuming them; fewer than `count` at the end. */
  async peek(count: number): Promise<Buffer> {
    while (this.#bufferedBytes < count && !this.#ended) {
      const { done, value } = await this.#chunks.next();
      if (done) this.#ended = true;
      else {
        this.#buffered.push(value);
        this.#bufferedBytes += value.length;
      }
    }
    const joined = this.#buffered.length === 1 ? this.#buffered[0]! : Buffer.concat(this.#buffered);
    this.#buffered = [joined];
    const { buffer, byteOffset, length } = joined;
    return Buffer.from(buffer, byteOffset, Math.min(count, length));
  }

  consume(count: number): void {
    const [first] = this.#buffered;
    if (!first) return;
    this.#buffered = [first.subarray(count)];
    this.#bufferedBytes -= count;
    this.position += count;
  }

  /** Consumes bytes up to a position. */
  async skipTo(position: number): Promise<void> {
    while (this.position < position) {
      const { length } = await this.peek(Math.min(blockBytes, position - this.position));
      if (length === 0) return;
      this.consume(length);
    }
  }

  /**
   * The next whole records, in a buffer of their own; undefined at the end.
   * @param lastRecordEnd the end of the last whole record in bytes that begin at a record's start; 0 if none ends there
   */
  async nextBlock(lastRecordEnd: (bytes: Buffer) => number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    for (let size = blockBytes; size <= recordBytesMax; size += blockBytes) {
      const bytes = await this.peek(size);
      const end = bytes.length < size ? bytes.length : lastRecordEnd(bytes);
      if (end === 0 && bytes.length < size) return undefined;
      if (end === 0) continue;
      const block = Uint8Array.from(bytes.subarray(0, end));
      this.consume(end);
      return block;
    }
    throw this.#recordTooLong();
  }

  /** The first records, two at least where there are two: a header and a row. They are not consumed. */
  async firstRecords(lastRecordEnd: (bytes: Buffer) => number): Promise<Buffer> {
    for (let size = blockBytes; size <= recordBytesMax; size += blockBytes) {
      const bytes = await this.peek(size);
      if (bytes.length < size) return bytes;
      const end = lastRecordEnd(bytes);
      if (end > 0 && lastRecordEnd(bytes.subarray(0, end - 1)) > 0) return bytes.subarray(0, end);
    }
    throw this.#recordTooLong();
  }

  #recordTooLong(): ScoreError {
    return new ScoreError(
      "score-record-too-long",
      `The record that starts at byte ${this.position} has more than ${recordBytesMax} bytes`,
    );
  }
}

const gzipMagic = [0x1f, 0x8b];

/** The stream's bytes, decompressed if they are gzip. */
export async function* decompressed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  async function* all() {
    yield first.value as Uint8Array;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  if (!gzipMagic.every((byte, index) => first.value[index] === byte)) return yield* all();
  yield* Readable.from(all()).pipe(createGunzip());
}
