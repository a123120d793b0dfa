// Which repository holds which blob. The bytes of a blob are stored once. It is visible only in the repositories that
// it was pushed to or mounted into, and its file is removed when the last of them releases it.

import type { Clock } from "../../../base/index.js";
import { isDigest } from "../../../image/index.js";
import type { Collection, Store } from "../../store/store.js";
import { keyOf, type RepositoryId } from "../names.js";

interface HeldLayer {
  readonly heldSinceMs: number;
}

/**
 * A blob that no image uses is kept this long after a client was last told that it exists: a push that has not sent its
 * manifest yet may need it. One hour outlasts any push over loopback.
 */
export const layerGraceMs = 60 * 60 * 1000;

/** Announcements that are kept in memory; a push checks tens of layers. */
const announcementsMax = 100_000;

export class Layers {
  readonly #store: Store;
  readonly #clock: Clock;
  /** [account, region, repository, digest] */
  readonly #held: Collection<HeldLayer>;
  /** The reverse: [digest, account, region, repository] */
  readonly #holders: Collection<true>;
  /**
   * [digest] of blobs that no repository holds and whose files must be removed, also after a crash between the two
   * steps.
   */
  readonly #orphans: Collection<true>;
  /** When a client was last told that a repository holds a blob, the oldest first. */
  readonly #announcedMs = new Map<string, number>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#held = store.collection("ecr-layers");
    this.#holders = store.collection("ecr-layer-holders");
    this.#orphans = store.collection("ecr-unheld-blobs");
    this.#removeOrphans();
  }

  /** Size in bytes of a blob that the repository holds; undefined for any other. */
  size(repository: RepositoryId, digest: string): number | undefined {
    const held = isDigest(digest) && this.#held.get([...keyOf(repository), digest]) !== undefined;
    return held ? this.#store.blobs.size(digest) : undefined;
  }

  /** The same for a reply to a client, which relies on the blob until its push is complete. */
  announce(repository: RepositoryId, digest: string): number | undefined {
    const size = this.size(repository, digest);
    if (size !== undefined) {
      const key = [...keyOf(repository), digest].join(" ");
      this.#announcedMs.delete(key);
      this.#announcedMs.set(key, this.#clock.nowMs());
      if (this.#announcedMs.size > announcementsMax) this.#announcedMs.delete(this.#announcedMs.keys().next().value!);
    }
    return size;
  }

  /** The path of the file of a blob that the repository holds. */
  path(repository: RepositoryId, digest: string): string | undefined {
    return this.size(repository, digest) === undefined ? undefined : this.#store.blobs.path(digest);
  }

  /**
   * Moves an uploaded file of this digest into the store. When this returns, the blob is safe on disk and held by the
   * repository.
   */
  adopt(repository: RepositoryId, path: string, digest: string): void {
    // The document first: a crash in between leaves a document without a file, which `size` reports as absent, instead
    // of a file that is never removed.
    this.#hold(repository, digest);
    this.#store.blobs.adopt(path, digest);
  }

  /** Makes a second repository hold a blob of the first one. False if the first one does not hold it. */
  mount(from: RepositoryId, to: RepositoryId, digest: string): boolean {
    if (this.size(from, digest) === undefined) return false;
    this.#hold(to, digest);
    return true;
  }

  /** Releases one blob. */
  release(repository: RepositoryId, digest: string): void {
    this.#release(repository, [digest]);
  }

  /** Releases every blob of a repository that is being deleted. */
  releaseAll(repository: RepositoryId): void {
    this.#release(
      repository,
      this.#heldBy(repository).map(({ digest }) => digest),
    );
  }

  /** Releases the blobs that are not in use, except those that a push in progress may rely on. */
  releaseUnused(repository: RepositoryId, inUse: ReadonlySet<string>): void {
    const olderThanMs = this.#clock.nowMs() - layerGraceMs;
    const unused = this.#heldBy(repository).filter(({ digest, heldSinceMs }) => {
      const announcedMs = this.#announcedMs.get([...keyOf(repository), digest].join(" ")) ?? heldSinceMs;
      return !inUse.has(digest) && Math.max(heldSinceMs, announcedMs) < olderThanMs;
    });
    this.#release(
      repository,
      unused.map(({ digest }) => digest),
    );
  }

  /** Clears the announcements, for a store that is being emptied. */
  clearAnnouncements(): void {
    this.#announcedMs.clear();
  }

  #heldBy(repository: RepositoryId): { digest: string; heldSinceMs: number }[] {
    return this.#held
      .list(keyOf(repository))
      .map(({ key, document }) => ({ digest: key.at(-1)!, heldSinceMs: document.heldSinceMs }));
  }

  #hold(repository: RepositoryId, digest: string): void {
    this.#store.write(() => {
      this.#held.put([...keyOf(repository), digest], { heldSinceMs: this.#clock.nowMs() });
      this.#holders.put([digest, ...keyOf(repository)], true);
    });
  }

  #release(repository: RepositoryId, digests: readonly string[]): void {
    this.#store.write(() => {
      for (const digest of digests) {
        this.#held.remove([...keyOf(repository), digest]);
        this.#holders.remove([digest, ...keyOf(repository)]);
        if (this.#holders.keys([digest]).length === 0) this.#orphans.put([digest], true);
      }
    });
    this.#removeOrphans();
  }

  #removeOrphans(): void {
    for (const key of this.#orphans.keys([])) {
      const [digest] = key;
      if (this.#holders.keys([digest!]).length === 0) this.#store.blobs.remove(digest!);
      this.#orphans.remove(key);
    }
  }
}
