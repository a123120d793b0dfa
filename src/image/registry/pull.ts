import { randomUUID } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Blob, bytesBlob, type Descriptor, fileBlob } from "../blob.js";
import { type Digest, digestOf, hexOf, isDigest } from "../digest.js";
import type { Platform } from "../documents.js";
import { ImageError } from "../errors.js";
import type { Image } from "../image.js";
import { imageOfManifest, manifestTypeOf } from "../image-of-manifest.js";
import { type OnProgress, reported } from "../on-progress.js";
import { formatReference, type Reference, referenceOf } from "../reference.js";
import { Repository, type RepositoryOptions } from "./repository.js";

interface PullOptions extends RepositoryOptions {
  readonly platform: Platform;
  /** Directory of manifests and blobs by digest. */
  readonly cacheDir: string;
  /** Called while layers are downloaded, with the sum of those whose download has begun. */
  readonly onProgress?: OnProgress;
}

/**
 * Pulls an image. Manifest and config are downloaded at once, layers when they are first read. All are cached, so that
 * a reference with a digest needs no network the second time.
 * @throws ImageError "registry-not-found", "registry-...", "image-platform", "image-..."
 */
export async function pullImage(reference: Reference, options: PullOptions): Promise<Image> {
  const { platform, cacheDir, onProgress } = options;
  const repository = new Repository(reference, { access: "pull", ...options });
  const name = formatReference(reference);
  const manifest = async (reference: string): Promise<Blob> => {
    const cached = isDigest(reference) ? await readCached(cacheDir, reference) : undefined;
    if (cached) return cached;
    const found = await repository.findManifest(reference);
    if (!found) throw new ImageError("registry-not-found", `${name} not found`);
    await store(cacheDir, found.digest, found.open());
    return found;
  };
  const downloads = new Downloads(onProgress);
  const source = {
    name,
    blob: (descriptor: Descriptor) =>
      cachedBlob(descriptor, cacheDir, (blob) => downloads.reported(blob, repository.open(blob))),
    manifest: ({ digest }: Descriptor) => manifest(digest),
  };
  return imageOfManifest(await manifest(referenceOf(reference)), source, platform);
}

/** The downloads of one image, which can run in parallel. */
class Downloads {
  readonly #onProgress: OnProgress | undefined;
  readonly #positions = new Map<Digest, number>();
  #total = 0;

  constructor(onProgress: OnProgress | undefined) {
    this.#onProgress = onProgress;
  }

  reported({ digest, size }: Descriptor, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const onProgress = this.#onProgress;
    if (!onProgress) return bytes;
    if (!this.#positions.has(digest)) this.#total += size;
    this.#positions.set(digest, 0);
    return reported(bytes, (position) => {
      this.#positions.set(digest, position);
      onProgress({ done: [...this.#positions.values()].reduce((sum, each) => sum + each, 0), total: this.#total });
    });
  }
}

/** Returns a manifest from the cache, or undefined if the cache does not contain it. */
async function readCached(cacheDir: string, digest: Digest): Promise<Blob | undefined> {
  const path = pathOf(cacheDir, digest);
  if (!existsSync(path)) return undefined;
  const bytes = await readFile(path);
  return digestOf(bytes) === digest ? bytesBlob(bytes, manifestTypeOf(bytes), digest) : undefined;
}

/** A blob that is downloaded into the cache when it is first read. */
function cachedBlob(
  descriptor: Descriptor,
  cacheDir: string,
  fetch: (blob: Descriptor) => AsyncIterable<Uint8Array>,
): Blob {
  const path = pathOf(cacheDir, descriptor.digest);
  return {
    ...fileBlob(path, descriptor),
    async *open(start = 0) {
      const stored = await stat(path).catch(() => undefined);
      if (stored?.size !== descriptor.size) await store(cacheDir, descriptor.digest, fetch(descriptor));
      yield* fileBlob(path, descriptor).open(start);
    },
  };
}

/** Writes a complete file or none. */
async function store(cacheDir: string, digest: Digest, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const path = pathOf(cacheDir, digest);
  const partial = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(bytes, createWriteStream(partial));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

function pathOf(cacheDir: string, digest: Digest): string {
  return join(cacheDir, "blobs", "sha256", hexOf(digest));
}
