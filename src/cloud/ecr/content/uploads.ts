// Layers on their way in. Bytes go to a file as they arrive and are hashed on the way; no layer is ever held in memory.
// An upload lives as long as the process: after a restart a client is told that it is unknown, and begins that blob again.

import { readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../base/index.js";
import { type Digest, Hasher } from "../../../image/index.js";
import { uuid } from "../../ids.js";
import { limitExceeded } from "../errors.js";
import { keyOf, type RepositoryPlace } from "../names.js";

/** ECR's quota "Layer size" (52,000 MiB, Amazon ECR service quotas). */
export const layerBytesMax = 52_000 * 1024 * 1024;
/** Uploads open at once in the whole cloud; each is a file. A client sends a handful side by side. */
const uploadsMax = 1000;
/** An upload that nothing was heard of for this long has been given up by its client. */
const uploadIdleMsMax = 60 * 60 * 1000;
/** Begins the names of our files in the folder that the store lends for uploads. */
const filePrefix = "ecr-upload-";

/** Small files are brought to the disk when the store adopts them; larger ones before that, off the main thread. */
const adoptedBytesMax = 1024 * 1024;

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export class Upload {
  readonly id: string;
  readonly repository: RepositoryPlace;
  readonly path: string;
  readonly #hasher = new Hasher();
  #receivedBytes = 0;
  #lastPartBytes: number | undefined;
  #writing = false;
  #sealed = false;
  heardOfMs: number;

  constructor(id: string, repository: RepositoryPlace, path: string, nowMs: number) {
    this.id = id;
    this.repository = repository;
    this.path = path;
    this.heardOfMs = nowMs;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** The size of the part that came last; undefined before the first. */
  get lastPartBytes(): number | undefined {
    return this.#lastPartBytes;
  }

  get writing(): boolean {
    return this.#writing;
  }

  /** Whether a request is at work on it or has completed it: another one has to wait, or two would write into one file. */
  get busy(): boolean {
    return this.#writing || this.#sealed;
  }

  /**
   * Adds bytes at the end. When the sender breaks off, what had come until then counts, and the next call goes on from there.
   * Must not be called while it is busy.
   * @throws AwsError LimitExceededException
   */
  async append(chunks: Chunks): Promise<void> {
    await this.#atEnd((file) => this.#write(file, chunks));
  }

  /**
   * Adds the last bytes, if any are left, and returns the digest of all; nothing can be added after that. Breaking off and being busy
   * are as in `append`.
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
      // A write that failed halfway (disk full) may have left more bytes than were counted and hashed.
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
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Uint8Array;

  /** Begins with an empty folder: what an earlier process left in it belongs to uploads that nobody can continue. */
  constructor(folder: string, clock: Clock, random: (bytes: number) => Uint8Array) {
    this.#folder = folder;
    this.#clock = clock;
    this.#random = random;
    for (const name of readdirSync(folder)) if (name.startsWith(filePrefix)) rmSync(join(folder, name));
  }

  async start(repository: RepositoryPlace): Promise<Upload> {
    await this.#cancelIdle();
    if (this.#open.size >= uploadsMax) {
      throw limitExceeded("The number of layer uploads in progress", uploadsMax, this.#open.size + 1);
    }
    const id = uuid(this.#random);
    const upload = new Upload(id, repository, join(this.#folder, filePrefix + id), this.#clock.nowMs());
    this.#open.set(id, upload);
    return upload;
  }

  /** An open upload of this repository. */
  find(id: string, repository: RepositoryPlace): Upload | undefined {
    const upload = this.#open.get(id);
    if (!upload || keyOf(upload.repository).join(" ") !== keyOf(repository).join(" ")) return undefined;
    upload.heardOfMs = this.#clock.nowMs();
    return upload;
  }

  /** Ends an upload whose file somebody has taken over. */
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
      if (upload.heardOfMs < sinceMs && !upload.writing) await this.cancel(upload);
    }
  }
}
