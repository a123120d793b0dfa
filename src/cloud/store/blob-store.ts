import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { BlobStore } from "./store.js";

/**
 * The prefix of files that `put` is writing; every other file in the directory belongs to the service that will have it
 * adopted.
 */
const draftPrefix = "put-";
const digestPattern = /^sha256:([0-9a-f]{64})$/;

/** Blobs as files under a directory. A file gets its final name only after all of its bytes are on disk. */
export function openBlobs(directory: string): BlobStore & { clear(): void } {
  return new FileBlobs(directory);
}

class FileBlobs implements BlobStore {
  readonly uploadDir: string;
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    this.uploadDir = join(directory, "incoming");
    mkdirSync(this.uploadDir, { recursive: true });
    // Unfinished files of a killed process, whose `put` has not returned.
    for (const name of readdirSync(this.uploadDir))
      if (name.startsWith(draftPrefix)) rmSync(join(this.uploadDir, name));
  }

  has(digest: string): boolean {
    return this.size(digest) !== undefined;
  }

  size(digest: string): number | undefined {
    const path = this.#pathOf(digest);
    return path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
  }

  path(digest: string): string | undefined {
    return this.has(digest) ? this.#pathOf(digest) : undefined;
  }

  read(digest: string): Uint8Array | undefined {
    const path = this.path(digest);
    return path === undefined ? undefined : readFileSync(path);
  }

  put(bytes: Uint8Array): string {
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    if (this.has(digest)) return digest;
    const draft = join(this.uploadDir, `${draftPrefix}${randomUUID()}`);
    const file = openSync(draft, "wx");
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    } finally {
      closeSync(file);
    }
    this.adopt(draft, digest);
    return digest;
  }

  adopt(path: string, digest: string): void {
    const target = this.#pathOf(digest);
    if (target === undefined) throw new TypeError(`Not a sha256 digest: ${digest}`);
    if (this.has(digest)) {
      rmSync(path);
      return;
    }
    mkdirSync(dirname(target), { recursive: true });
    // Before the file is read-only: Windows flushes only what can be written.
    flush(path, "r+");
    chmodSync(path, 0o444);
    renameSync(path, target);
    // Windows cannot open a directory.
    if (process.platform !== "win32") flush(dirname(target), "r");
  }

  remove(digest: string): boolean {
    const path = this.path(digest);
    if (path !== undefined) rmSync(path);
    return path !== undefined;
  }

  clear(): void {
    rmSync(this.#directory, { recursive: true, force: true });
    mkdirSync(this.uploadDir, { recursive: true });
  }

  /** The path for a blob of this digest, whether it exists or not; undefined for an invalid digest. */
  #pathOf(digest: string): string | undefined {
    const hex = digestPattern.exec(digest)?.[1];
    return hex === undefined ? undefined : join(this.#directory, "sha256", hex.slice(0, 2), hex);
  }
}

/** Waits until a file's bytes, or a directory's entries, are on disk. */
function flush(path: string, flags: "r" | "r+"): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
