// Which repository holds which blob. A blob's bytes are stored once; it is seen only in the repositories that it was pushed to
// or mounted into, and its file goes when the last of them lets go of it.

import type { Clock } from "../../../base/index.js";
import { isDigest } from "../../../image/index.js";
import type { Collection, Store } from "../../store/store.js";
import { keyOf, type RepositoryPlace } from "../names.js";

interface HeldLayer {
  readonly heldSinceMs: number;
}

/**
 * A blob that no image refers to is kept this long after a client was last told that it is there: it belongs to a push that has
 * not sent its manifest yet. One hour outlasts any push over a loopback.
 */
export const layerGraceMs = 60 * 60 * 1000;

/** Promises of the last hour that are remembered; a push asks about tens of layers. */
const promisesMax = 100_000;

export class Layers {
  readonly #store: Store;
  readonly #clock: Clock;
  /** [account, region, repository, digest] */
  readonly #held: Collection<HeldLayer>;
  /** The same the other way round: [digest, account, region, repository] */
  readonly #holders: Collection<true>;
  /** [digest] of blobs without a holder, whose files are to be removed: survives a crash between the two steps. */
  readonly #unheld: Collection<true>;
  /** When a client was last told that a repository holds a blob. */
  readonly #promisedMs = new Map<string, number>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#held = store.collection("ecr-layers");
    this.#holders = store.collection("ecr-layer-holders");
    this.#unheld = store.collection("ecr-unheld-blobs");
    this.#removeUnheld();
  }

  /** Size in bytes of a blob that the repository holds, else undefined. */
  size(repository: RepositoryPlace, digest: string): number | undefined {
    const held = isDigest(digest) && this.#held.get([...keyOf(repository), digest]) !== undefined;
    return held ? this.#store.blobs.size(digest) : undefined;
  }

  /** The same for an answer to a client, which may rely on it until its push is complete. */
  promise(repository: RepositoryPlace, digest: string): number | undefined {
    const size = this.size(repository, digest);
    if (size !== undefined) {
      const key = [...keyOf(repository), digest].join(" ");
      // The map's order is that of the promises: the first is the oldest.
      this.#promisedMs.delete(key);
      this.#promisedMs.set(key, this.#clock.nowMs());
      if (this.#promisedMs.size > promisesMax) this.#promisedMs.delete(this.#promisedMs.keys().next().value!);
    }
    return size;
  }

  /** The path of the file of a blob that the repository holds. */
  path(repository: RepositoryPlace, digest: string): string | undefined {
    return this.size(repository, digest) === undefined ? undefined : this.#store.blobs.path(digest);
  }

  /** Takes over an uploaded file of this digest. When this returns, the blob is safe on disk and held by the repository. */
  adopt(repository: RepositoryPlace, path: string, digest: string): void {
    // The document first: a crash in between leaves a document without a file, which `size` takes for absent, and not a file
    // that nobody would ever remove.
    this.#hold(repository, digest);
    this.#store.blobs.adopt(path, digest);
  }

  /** Lets a second repository hold what the first one holds. False when the first one does not. */
  mount(from: RepositoryPlace, to: RepositoryPlace, digest: string): boolean {
    if (this.size(from, digest) === undefined) return false;
    this.#hold(to, digest);
    return true;
  }

  /** Lets go of one blob. */
  drop(repository: RepositoryPlace, digest: string): void {
    this.#letGo(repository, [digest]);
  }

  /** Lets go of everything, for a repository that is being deleted. */
  dropAll(repository: RepositoryPlace): void {
    this.#letGo(
      repository,
      this.#heldBy(repository).map(({ digest }) => digest),
    );
  }

  /** Lets go of what is not among the digests in use, except what a push in progress may rely on. */
  collect(repository: RepositoryPlace, inUse: ReadonlySet<string>): void {
    const olderThanMs = this.#clock.nowMs() - layerGraceMs;
    const unused = this.#heldBy(repository).filter(({ digest, heldSinceMs }) => {
      const promisedMs = this.#promisedMs.get([...keyOf(repository), digest].join(" ")) ?? heldSinceMs;
      return !inUse.has(digest) && Math.max(heldSinceMs, promisedMs) < olderThanMs;
    });
    this.#letGo(
      repository,
      unused.map(({ digest }) => digest),
    );
  }

  /** Forgets what clients were told, for a store that is being emptied. */
  forgetPromises(): void {
    this.#promisedMs.clear();
  }

  #heldBy(repository: RepositoryPlace): { digest: string; heldSinceMs: number }[] {
    return this.#held
      .list(keyOf(repository))
      .map(({ key, document }) => ({ digest: key.at(-1)!, heldSinceMs: document.heldSinceMs }));
  }

  #hold(repository: RepositoryPlace, digest: string): void {
    this.#store.write(() => {
      this.#held.put([...keyOf(repository), digest], { heldSinceMs: this.#clock.nowMs() });
      this.#holders.put([digest, ...keyOf(repository)], true);
    });
  }

  #letGo(repository: RepositoryPlace, digests: readonly string[]): void {
    this.#store.write(() => {
      for (const digest of digests) {
        this.#held.remove([...keyOf(repository), digest]);
        this.#holders.remove([digest, ...keyOf(repository)]);
        if (this.#holders.keys([digest]).length === 0) this.#unheld.put([digest], true);
      }
    });
    this.#removeUnheld();
  }

  #removeUnheld(): void {
    for (const key of this.#unheld.keys([])) {
      const [digest] = key;
      if (this.#holders.keys([digest!]).length === 0) this.#store.blobs.remove(digest!);
      this.#unheld.remove(key);
    }
  }
}
