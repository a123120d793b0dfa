// What the services need of durable storage. Everything that a `put` or a `write` has returned from survives `kill -9`.

/** The parts of a document's key, from general to particular: [account, region, name]. */
export type Key = readonly string[];

/** Documents of one kind. A document is plain data (no class instances, no functions); what `get` returns is never somebody's input. */
export interface Collection<T> {
  get(key: Key): T | undefined;
  put(key: Key, document: T): void;
  /** Whether there was something to remove. */
  remove(key: Key): boolean;
  /** Documents whose key begins with `prefix`, in key order. */
  list(prefix: Key): { readonly key: Key; readonly document: T }[];
}

export interface Store {
  collection<T>(name: string): Collection<T>;
  /** Runs `work` as one durable change: all of its puts and removes, or none when it throws. Must not be asynchronous. */
  write<R>(work: () => R): R;
  readonly blobs: BlobStore;
  /** Removes every document and blob. */
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
  /** Takes over a finished file (same file system, see `uploadDir`), which must have this digest. */
  adopt(path: string, digest: string): void;
  remove(digest: string): boolean;
  /** Where to write files that `adopt` will take. */
  readonly uploadDir: string;
}
