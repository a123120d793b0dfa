// Root file systems of images, unpacked once and shared read-only by all environments of the image.
//
// A tree is named by the digest of its layers, as OCI's ChainID. Each image has two trees: the whole one, and one
// without the last layer, because a changed model changes only that layer. A tree that starts with the layers of
// another consists of hard links to it. This is safe because nothing writes to a tree: unpacking replaces files, and
// environments mount trees read-only.

import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Blob, digestOf, fileBlob, hexOf, parseDigest, unpackLayer, verified } from "../../../image/index.js";
import type { ResolvedImage } from "../../service-interfaces.js";

type Layer = ResolvedImage["layers"][number];

/** Directories and files on which every environment mounts something. */
const mountDirectories = ["proc", "dev", "tmp"];
const mountFiles = ["etc/resolv.conf", "etc/hosts"];

export class RootTrees {
  readonly #dir: string;
  /** One for each tree: two functions of the same image may be prepared at the same time. */
  readonly #underWay = new Map<string, Promise<string>>();
  #sequence = 0;

  /** `dir` is the directory of the trees. Incomplete trees of an interrupted run are removed. */
  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(dir, { recursive: true });
    for (const name of readdirSync(dir)) {
      if (/^(new|gone)-/.test(name)) rmSync(join(dir, name), { recursive: true, force: true });
    }
  }

  /**
   * Returns the directory of the image's root file system, and unpacks it first if necessary.
   * @throws ImageError when a layer is damaged or has an entry outside the root
   */
  prepare(image: ResolvedImage): Promise<string> {
    const digests = digestsOf(image.layers);
    const path = this.find(digests);
    if (path !== undefined) return Promise.resolve(path);
    const name = chainOf(digests);
    let work = this.#underWay.get(name);
    if (!work) {
      work = this.#build(image.layers).finally(() => this.#underWay.delete(name));
      this.#underWay.set(name, work);
    }
    return work;
  }

  /** The directory of an image that is unpacked; undefined when it is not. */
  find(layerDigests: readonly string[]): string | undefined {
    const path = join(this.#dir, chainOf(layerDigests));
    return existsSync(path) ? path : undefined;
  }

  /** Removes all trees except those of these images (digests of their layers). No environment may use the others. */
  async keepOnly(images: readonly (readonly string[])[]): Promise<void> {
    if (this.#underWay.size > 0) return;
    const needed = new Set(images.flatMap((layers) => [chainOf(layers), chainOf(layers.slice(0, -1))]));
    // Renamed first, so that no new environment uses a tree that is being removed.
    const gone = readdirSync(this.#dir)
      .filter((name) => !needed.has(name) && !/^(new|gone)-/.test(name))
      .map((name) => {
        const path = join(this.#dir, `gone-${this.#sequence++}`);
        renameSync(join(this.#dir, name), path);
        return path;
      });
    for (const path of gone) await rm(path, { recursive: true, force: true });
  }

  async #build(layers: readonly Layer[]): Promise<string> {
    const work = join(this.#dir, `new-${this.#sequence++}`);
    try {
      await this.#unpackAll(layers, work);
      prepareMountPoints(work);
    } catch (error) {
      await rm(work, { recursive: true, force: true });
      throw error;
    }
    const path = this.#path(layers);
    renameSync(work, path);
    return path;
  }

  /** An image without layers has an empty root. */
  async #unpackAll(layers: readonly Layer[], work: string): Promise<void> {
    let count = Math.max(layers.length - 1, 0);
    while (count > 0 && !existsSync(this.#path(layers.slice(0, count)))) count--;
    if (count > 0) cloneTree(this.#path(layers.slice(0, count)), work);
    else mkdirSync(work, 0o755);
    for (; count < layers.length; count++) {
      if (count > 0 && count === layers.length - 1) this.#keep(work, layers.slice(0, count));
      await unpack(layers[count]!, work);
    }
  }

  /** Keeps a copy of the tree so far, for images that start with the same layers. */
  #keep(work: string, layers: readonly Layer[]): void {
    const path = this.#path(layers);
    // Another image with the same layers may have been faster.
    if (existsSync(path)) return;
    const copy = join(this.#dir, `new-${this.#sequence++}`);
    cloneTree(work, copy);
    renameSync(copy, path);
  }

  #path(layers: readonly Layer[]): string {
    return join(this.#dir, chainOf(digestsOf(layers)));
  }
}

function digestsOf(layers: readonly Layer[]): string[] {
  return layers.map(({ digest }) => digest);
}

function chainOf(digests: readonly string[]): string {
  return hexOf(digestOf(Buffer.from(digests.join(" "))));
}

async function unpack({ digest, mediaType, size, path }: Layer, directory: string): Promise<void> {
  const blob = fileBlob(path, { digest: parseDigest(digest), mediaType, size });
  await unpackLayer(verified(blob.open(), blob), directory);
}

/** Copies directories and symbolic links, and links files. */
function cloneTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) cloneTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
  chmodSync(to, lstatSync(from).mode & 0o7777);
}

/**
 * Unpacks an image into a new directory, as the root file system of environments.
 * @throws ImageError when a layer is damaged or has an entry outside the root
 */
export async function unpackRoot(layers: readonly Blob[], directory: string): Promise<void> {
  mkdirSync(directory, 0o755);
  for (const layer of layers) await unpackLayer(verified(layer.open(), layer), directory);
  prepareMountPoints(directory);
}

/** Creates the mount points. A symbolic link would let the image choose the target of the mount, so it is replaced. */
function prepareMountPoints(root: string): void {
  chmodSync(root, 0o755);
  for (const name of mountDirectories) {
    const path = join(root, name);
    if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      rmSync(path, { force: true });
      mkdirSync(path);
    }
    chmodSync(path, 0o755);
  }
  const etc = join(root, "etc");
  const found = lstatSync(etc, { throwIfNoEntry: false });
  if (!found) mkdirSync(etc, 0o755);
  else if (!found.isDirectory()) return;
  for (const name of mountFiles) {
    const path = join(root, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    rmSync(path, { recursive: true, force: true });
    writeFileSync(path, "", { mode: 0o644 });
  }
}

/** The files of the root that are replaced by this machine's: those that both have. */
export function sharedFiles(root: string): string[] {
  const statsOf = (path: string) => lstatSync(join(root, path), { throwIfNoEntry: false });
  if (!statsOf("etc")?.isDirectory()) return [];
  return mountFiles.filter((name) => statsOf(name)?.isFile() && existsSync(`/${name}`));
}
