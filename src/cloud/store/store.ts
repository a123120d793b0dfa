// The durable storage of the services. When a `put` or a `write` returns, its change survives `kill -9`.

/** The parts of a document's key, the most general first: [account, region, name]. */
export type Key = readonly string[];

/**
 * Documents of one kind. A document is plain data: null, booleans, numbers, bigints, strings, Dates, Uint8Arrays, and
 * arrays and plain objects of those (an undefined member is the same as an absent one). `get` returns a copy, never the
 * object that was stored.
 */
export interface Collection<T> {
  get(key: Key): T | undefined;
  put(key: Key, document: T): void;
  /** Returns whether the document existed. */
  remove(key: Key): boolean;
  /** Documents whose key begins with `prefix`, in key order: part by part, each by its UTF-8 bytes. */
  list(prefix: Key): { readonly key: Key; readonly document: T }[];
  /** The keys that `list` would return, without reading their documents. */
  keys(prefix: Key): Key[];
}

export interface Store {
  collection<T>(name: string): Collection<T>;
  /**
   * Runs `work` as one durable change: all of its puts and removes, or none if it throws. Must not be asynchronous.
   * A `write` inside a `write` is part of the outer one.
   */
  write<R>(work: () => R): R;
  readonly blobs: BlobStore;
  /** Deletes every document and blob. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Content-addressed bytes; a digest is `sha256:` and 64 hex digits. */
export interface BlobStore {
  has(digest: string): boolean;
  /** Size in bytes, or undefined when absent. */
  size(digest: string): number | undefined;
  /** The path of the blob's file, for reading; undefined when absent. The file never changes. */
  path(digest: string): string | undefined;
  read(digest: string): Uint8Array | undefined;
  /** Stores bytes under their digest and returns it. */
  put(bytes: Uint8Array): string;
  /**
   * Moves a finished file (on the same file system, see `uploadDir`) into the store. The caller has computed its
   * digest.
   */
  adopt(path: string, digest: string): void;
  remove(digest: string): boolean;
  /** The directory for files that `adopt` will move. Files in it survive restarts until their owner removes them. */
  readonly uploadDir: string;
}
