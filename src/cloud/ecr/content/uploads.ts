// Uploads of layers. Bytes are hashed and written to a file as they arrive; no layer is ever held in memory.
// An upload ends with the process: after a restart it is unknown, and the client uploads that blob again.

import { readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../base/index.js";
import { type Digest, Hasher } from "../../../image/index.js";
import { uuid } from "../../random.js";
import { limitExceeded } from "../errors.js";
import { keyOf, type RepositoryId } from "../names.js";

/** ECR's quota "Layer size" (52,000 MiB, Amazon ECR service quotas). */
const layerBytesMax = 52_000 * 1024 * 1024;
/** Concurrent uploads of the whole cloud, each of which is a file. A client sends a handful at a time. */
const uploadsMax = 1000;
/** An upload without requests for this long was abandoned by its client. */
const uploadIdleMsMax = 60 * 60 * 1000;
/** The prefix of ECR's files in the store's directory for uploads. */
const filePrefix = "ecr-upload-";

/** Small files are flushed to disk when the store adopts them; larger ones before that, off the main thread. */
const adoptedBytesMax = 1024 * 1024;

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export class Upload {
  readonly id: string;
  readonly repository: RepositoryId;
  readonly path: string;
  readonly #hasher = new Hasher();
  #receivedBytes = 0;
  #lastPartBytes: number | undefined;
  #writing = false;
  #sealed = false;
  lastRequestMs: number;

  constructor(id: string, repository: RepositoryId, path: string, nowMs: number) {
    this.id = id;
    this.repository = repository;
    this.path = path;
    this.lastRequestMs = nowMs;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** The size of the last part; undefined before the first. */
  get lastPartBytes(): number | undefined {
    return this.#lastPartBytes;
  }

  get writing(): boolean {
    return this.#writing;
  }

  /** Whether a request is writing to it or has completed it: two requests must not write to one file. */
  get busy(): boolean {
    return this.#writing || this.#sealed;
  }

  /**
   * Appends bytes. If the sender disconnects, the bytes received until then count, and the next call continues from
   * there. Must not be called while the upload is busy.
   * @throws AwsError LimitExceededException
   */
  async append(chunks: Chunks): Promise<void> {
    await this.#atEnd((file) => this.#write(file, chunks));
  }

  /**
   * Appends the remaining bytes, if any, and returns the digest of all; nothing can be appended after that. Disconnects
   * and busy uploads are handled as in `append`.
   */
  async complete(chunks: Chunks): Promise<Digest> {
    await this.#atEnd(async (file) => {
      await this.#write(file, chunks);
      if (this.#receivedBytes > adoptedBytesMax) await file.sync();
      this.#sealed = true;
    });
    return this.#hasher.digest();
  }

  async #write(file: FileHandle, chunks: Chunks): Promise<void> {
    for await (const chunk of chunks) {
      const total = this.#receivedBytes + chunk.length;
      if (total > layerBytesMax) throw limitExceeded("The size of a layer in bytes", layerBytesMax, total);
      await file.appendFile(chunk);
      this.#hasher.update(chunk);
      this.#receivedBytes = total;
    }
  }

  async #atEnd(work: (file: FileHandle) => Promise<void>): Promise<void> {
    if (this.busy) throw new Error(`Upload ${this.id} is busy`);
    this.#writing = true;
    const startBytes = this.#receivedBytes;
    try {
      // A write that failed halfway (disk full) can have left more bytes than were counted and hashed.
      if (startBytes > 0) await truncate(this.path, startBytes);
      const file = await open(this.path, startBytes > 0 ? "a" : "w");
      try {
        await work(file);
      } finally {
        await file.close();
      }
    } finally {
      this.#lastPartBytes = this.#receivedBytes - startBytes;
      this.#writing = false;
    }
  }
}

export class Uploads {
  readonly #open = new Map<string, Upload>();
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Uint8Array;

  /** Removes the files that an earlier process left: its uploads cannot be continued. */
  constructor(directory: string, clock: Clock, random: (bytes: number) => Uint8Array) {
    this.#directory = directory;
    this.#clock = clock;
    this.#random = random;
    for (const name of readdirSync(directory)) if (name.startsWith(filePrefix)) rmSync(join(directory, name));
  }

  async start(repository: RepositoryId): Promise<Upload> {
    await this.#cancelIdle();
    if (this.#open.size >= uploadsMax) {
      throw limitExceeded("The number of layer uploads in progress", uploadsMax, this.#open.size + 1);
    }
    const id = uuid(this.#random);
    const upload = new Upload(id, repository, join(this.#directory, filePrefix + id), this.#clock.nowMs());
    this.#open.set(id, upload);
    return upload;
  }

  /** An open upload of this repository; undefined for an unknown id. */
  find(id: string, repository: RepositoryId): Upload | undefined {
    const upload = this.#open.get(id);
    if (!upload || keyOf(upload.repository).join(" ") !== keyOf(repository).join(" ")) return undefined;
    upload.lastRequestMs = this.#clock.nowMs();
    return upload;
  }

  /** Ends an upload whose file was moved into the store. */
  close(upload: Upload): void {
    this.#open.delete(upload.id);
  }

  /** Ends an upload and removes its file. */
  async cancel(upload: Upload): Promise<void> {
    this.close(upload);
    await rm(upload.path, { force: true });
  }

  async cancelAll(): Promise<void> {
    for (const upload of [...this.#open.values()]) await this.cancel(upload);
  }

  async #cancelIdle(): Promise<void> {
    const sinceMs = this.#clock.nowMs() - uploadIdleMsMax;
    for (const upload of [...this.#open.values()]) {
      if (upload.lastRequestMs < sinceMs && !upload.writing) await this.cancel(upload);
    }
  }
}
