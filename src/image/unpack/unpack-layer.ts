// Unpacks a layer onto a directory as in the OCI image-spec's layer.md: entries replace existing files, whiteouts
// remove them. Layers are untrusted: every path is resolved inside the directory; what could leave it or raise
// privileges is rejected or skipped.

import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { TepalError } from "../../base/index.js";
import { decompress } from "../decompress.js";
import { ImageError } from "../errors.js";
import type { TarEntry } from "../tar/extensions.js";
import { readTar, type TarVisitor } from "../tar/read-tar.js";
import { namesOf, Root } from "./root.js";

interface UnpackLimits {
  /** Bytes of all files of one layer together. */
  readonly bytesMax: number;
  /** Files, directories and links of one layer. */
  readonly entriesMax: number;
}

/** 10 GB is Lambda's limit of an uncompressed image; large Python images have about 100,000 files. */
const unpackLimits: UnpackLimits = { bytesMax: 10 * 2 ** 30, entriesMax: 1_000_000 };

interface Unpacked {
  readonly entries: number;
  /** Bytes of file content written. */
  readonly bytes: number;
  /** Paths of devices, fifos and sockets, which are not created. */
  readonly skipped: readonly string[];
}

const whiteoutPrefix = ".wh.";
const opaqueWhiteout = ".wh..wh..opq";
/** Names that AUFS reserves; they are never content. */
const aufsPrefix = ".wh..wh.";
/** Without setuid and setgid, which would raise privileges; sticky stays, /tmp needs it. */
const modeMask = 0o1777;
/** 34 bits of seconds, the year 2514; ext4 ends in 2446. */
const mtimeMax = 2 ** 34;
const writeNew = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Unpacks a layer (tar, gzip or zstd, by its first bytes) onto `directory`, which contains the layers below it. No
 * other process may write to it meanwhile. Files belong to the running user; times are kept, because Python checks
 * them.
 * @throws ImageError "image-path-unsafe", "image-limit", "image-tar-...", "image-layer-corrupt", "image-unpack-failed"
 */
export async function unpackLayer(
  layer: AsyncIterable<Uint8Array>,
  directory: string,
  limits: UnpackLimits = unpackLimits,
): Promise<Unpacked> {
  const unpacker = new Unpacker(directory, limits);
  try {
    await readTar(decompress(layer), unpacker);
  } catch (error) {
    throw isSystemError(error) ? systemFault(error, directory) : error;
  } finally {
    unpacker.close();
  }
  return unpacker.result();
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/**
 * A path that is too long is an error of the layer: links can make it longer than any name in it. All others are of
 * this machine.
 */
function systemFault(error: NodeJS.ErrnoException, directory: string): TepalError {
  const code = error.code === "ENAMETOOLONG" ? "image-path-unsafe" : "image-unpack-failed";
  return new ImageError(code, `The layer cannot be unpacked: ${error.message}`, {
    place: { file: directory },
    cause: error,
  });
}

class Unpacker implements TarVisitor {
  readonly #root: Root;
  readonly #limits: UnpackLimits;
  /** Real paths that this layer has created: an opaque whiteout keeps them. */
  readonly #made = new Set<string>();
  /** Modes of directories are set last: a read-only one could not be filled. */
  readonly #directoryModes = new Map<string, number>();
  readonly #skipped: string[] = [];
  #entries = 0;
  #bytes = 0;
  #file: { readonly descriptor: number; readonly mtime: number } | undefined;

  constructor(directory: string, limits: UnpackLimits) {
    this.#root = new Root(directory);
    this.#limits = limits;
  }

  entry(entry: TarEntry): void {
    if (++this.#entries > this.#limits.entriesMax) {
      throw new ImageError("image-limit", `The layer has more than ${this.#limits.entriesMax} entries`);
    }
    if (this.#bytes + entry.size > this.#limits.bytesMax) {
      throw new ImageError("image-limit", `The layer unpacks to more than ${this.#limits.bytesMax} bytes`);
    }
    const names = namesOf(entry.path);
    const name = names.at(-1);
    if (name === undefined || names.some((each) => each.startsWith(aufsPrefix) && each !== opaqueWhiteout)) return;
    const parent = this.#root.directory(names.slice(0, -1));
    if (name.startsWith(whiteoutPrefix)) this.#whiteout(name, parent);
    else this.#make(entry, join(parent, name), names);
  }

  content(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (!this.#file) return;
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file.descriptor, bytes, written);
  }

  end(): void {
    if (this.#file) futimesSync(this.#file.descriptor, this.#file.mtime, this.#file.mtime);
    this.#closeFile();
  }

  /** Closes open files and sets the modes of directories, after success and after failure. */
  close(): void {
    this.#closeFile();
    for (const [path, mode] of this.#directoryModes) {
      if (Root.look(path)?.isDirectory()) chmodSync(path, mode);
    }
  }

  result(): Unpacked {
    return { entries: this.#entries, bytes: this.#bytes, skipped: this.#skipped };
  }

  #make(entry: TarEntry, path: string, names: readonly string[]): void {
    const mode = entry.mode & modeMask;
    switch (entry.type) {
      case "directory": {
        if (!Root.look(path)?.isDirectory()) {
          this.#clear(path);
          mkdirSync(path);
        }
        // This process must be able to fill and remove it.
        this.#directoryModes.set(path, mode | 0o700);
        break;
      }
      case "file": {
        this.#clear(path);
        this.#file = { descriptor: openSync(path, writeNew), mtime: Math.max(0, Math.min(entry.mtime, mtimeMax)) };
        // Not with `openSync`, which applies the umask.
        fchmodSync(this.#file.descriptor, mode & 0o777);
        break;
      }
      case "symlink": {
        this.#clear(path);
        if (entry.linkPath === "" || entry.linkPath.includes("\0")) {
          throw new ImageError("image-path-unsafe", `The link "${entry.path}" has an invalid target`);
        }
        symlinkSync(entry.linkPath, path);
        break;
      }
      case "hardlink":
        this.#hardlink(entry, path);
        break;
      case "character":
      case "block":
      case "fifo":
        this.#skipped.push(names.join("/"));
        return;
      default:
        entry.type satisfies never;
    }
    this.#made.add(path);
  }

  #hardlink(entry: TarEntry, path: string): void {
    const names = namesOf(entry.linkPath);
    const target = join(this.#root.directory(names.slice(0, -1)), names.at(-1) ?? "");
    const found = Root.look(target);
    if (!found || found.isDirectory()) {
      throw new ImageError("image-path-unsafe", `"${entry.path}" links to "${entry.linkPath}", which is not a file`);
    }
    if (target === path) return;
    this.#clear(path);
    // link(2) does not follow a symbolic link at the end of the target.
    linkSync(target, path);
  }

  #whiteout(name: string, parent: string): void {
    if (name === opaqueWhiteout) {
      for (const child of readdirSync(parent)) this.#removeLower(join(parent, child));
      return;
    }
    const hidden = name.slice(whiteoutPrefix.length);
    if (hidden === "" || hidden === "." || hidden === "..") {
      throw new ImageError("image-path-unsafe", `The whiteout "${name}" has no file name`);
    }
    this.#clear(join(parent, hidden));
  }

  /** Removes the files of lower layers at `path` and keeps those of this layer, in any order of its entries. */
  #removeLower(path: string): void {
    if (!Root.look(path)?.isDirectory()) {
      if (!this.#made.has(path)) this.#clear(path);
      return;
    }
    for (const child of readdirSync(path)) this.#removeLower(join(path, child));
    if (this.#made.has(path) || readdirSync(path).length > 0) return;
    rmdirSync(path);
    this.#root.forget();
  }

  /** Removes the file or directory at a real path. */
  #clear(path: string): void {
    const found = Root.look(path);
    if (!found) return;
    rmSync(path, { recursive: true, force: true });
    this.#made.delete(path);
    // Only a directory, or a link to one, can be part of a known path.
    if (found.isDirectory() || found.isSymbolicLink()) this.#root.forget();
    if (!found.isDirectory()) return;
    for (const gone of this.#directoryModes.keys()) {
      if (gone === path || gone.startsWith(`${path}/`)) this.#directoryModes.delete(gone);
    }
  }

  #closeFile(): void {
    if (this.#file) closeSync(this.#file.descriptor);
    this.#file = undefined;
  }
}
