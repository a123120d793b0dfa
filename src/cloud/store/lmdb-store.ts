// The store on disk: documents in one LMDB file (copy-on-write pages, one atomic switch a transaction), blobs as files
// beside it.
//
//   <dataDir>/owner.json         the process that uses the directory
//   <dataDir>/documents.mdb      documents
//   <dataDir>/blobs/sha256/aa/   blobs, by the first two digits of their digest
//   <dataDir>/blobs/incoming/    files that will become blobs

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { CloudError } from "../errors.js";
import { openBlobs } from "./blob-store.js";
import { checkFile } from "./damage.js";
import { decodeKey, encodeKey, endOfPrefix } from "./key.js";
import { takeOwnership } from "./owner.js";
import { assertPlain } from "./plain-data.js";
import type { Collection, Key, Store } from "./store.js";

/** Increased when the format of the documents changes. */
const formatVersion = 1;
const formatKey = encodeKey(["tepal", "format"]);
/** Address space, not disk space: the file grows as needed. */
const mapBytesMax = 2 ** 36;

/**
 * Opens the store of a directory, or creates it. No other process can use the directory until the store is closed.
 * @throws CloudError "store-in-use", "store-damaged", "store-format"
 */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const owner = takeOwnership(dataDir);
  try {
    const file = join(dataDir, "documents.mdb");
    checkFile(file);
    const documents: RootDatabase<unknown, Buffer> = open({
      path: file,
      noSubdir: true,
      keyEncoding: "binary",
      mapSize: mapBytesMax,
      // A transaction's pages are on disk before it returns; the page that makes them current is in the system's cache.
      // So a killed process loses nothing, a power failure at most the last transaction, and a write waits for the disk
      // once instead of twice.
      overlappingSync: false,
      noMetaSync: true,
    });
    checkFormat(documents, file);
    return new LmdbStore(documents, file, dataDir, () => owner.release());
  } catch (error) {
    owner.release();
    throw error;
  }
}

function checkFormat(documents: RootDatabase<unknown, Buffer>, file: string): void {
  const found = documents.get(formatKey);
  if (found === undefined) documents.putSync(formatKey, formatVersion);
  else if (found !== formatVersion)
    throw new CloudError(
      "store-format",
      `${file} has format ${String(found)}; this Tepal reads format ${formatVersion}`,
    );
}

class LmdbStore implements Store {
  readonly blobs;
  readonly #documents: RootDatabase<unknown, Buffer>;
  readonly #file: string;
  /** Identifies the file that is open: a path can be removed, or lead to another file. */
  readonly #inode: number;
  readonly #release: () => void;
  #writing = false;

  constructor(documents: RootDatabase<unknown, Buffer>, file: string, dataDir: string, release: () => void) {
    this.#documents = documents;
    this.#file = file;
    this.#inode = statSync(file).ino;
    this.#release = release;
    this.blobs = openBlobs(join(dataDir, "blobs"));
  }

  collection<T>(name: string): Collection<T> {
    return new LmdbCollection<T>(this.#documents, name, (work) => this.write(work));
  }

  write<R>(work: () => R): R {
    if (this.#writing) return work();
    this.#writing = true;
    try {
      const result = this.#documents.transactionSync(() => {
        const value = work();
        if (value instanceof Promise) throw new TypeError("A write must not be asynchronous");
        return value;
      });
      this.#requireFile();
      return result;
    } finally {
      this.#writing = false;
    }
  }

  /** LMDB writes on into a file that was removed, and the change would be acknowledged although nothing can read it. */
  #requireFile(): void {
    if (statSync(this.#file, { throwIfNoEntry: false })?.ino === this.#inode) return;
    throw new CloudError("data-directory-removed", `${this.#file} was removed or replaced while it was in use`);
  }

  async clear(): Promise<void> {
    this.write(() => {
      for (const key of [...this.#documents.getKeys()]) this.#documents.removeSync(key);
      this.#documents.putSync(formatKey, formatVersion);
    });
    this.blobs.clear();
  }

  async close(): Promise<void> {
    await this.#documents.close();
    this.#release();
  }
}

class LmdbCollection<T> implements Collection<T> {
  readonly #documents: RootDatabase<unknown, Buffer>;
  readonly #name: string;
  readonly #write: (work: () => void) => void;

  constructor(documents: RootDatabase<unknown, Buffer>, name: string, write: (work: () => void) => void) {
    this.#documents = documents;
    this.#name = name;
    this.#write = write;
  }

  get(key: Key): T | undefined {
    // Only `put` of this collection writes under its name, so that the document is a T.
    return this.#documents.get(this.#encode(key)) as T | undefined;
  }

  put(key: Key, document: T): void {
    assertPlain(document);
    const encoded = this.#encode(key);
    this.#write(() => this.#documents.putSync(encoded, document));
  }

  remove(key: Key): boolean {
    const encoded = this.#encode(key);
    if (!this.#documents.doesExist(encoded)) return false;
    this.#write(() => this.#documents.removeSync(encoded));
    return true;
  }

  list(prefix: Key): { readonly key: Key; readonly document: T }[] {
    return [...this.#documents.getRange(this.#range(prefix))].map(({ key, value }) => ({
      key: decodeKey(key).slice(1),
      document: value as T,
    }));
  }

  keys(prefix: Key): Key[] {
    return [...this.#documents.getKeys(this.#range(prefix))].map((key) => decodeKey(key).slice(1));
  }

  #encode(key: Key): Buffer {
    return encodeKey([this.#name, ...key]);
  }

  #range(prefix: Key): { start: Buffer; end: Buffer | undefined } {
    const start = this.#encode(prefix);
    return { start, end: endOfPrefix(start) };
  }
}
