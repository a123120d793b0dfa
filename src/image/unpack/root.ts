import { lstatSync, mkdirSync, readlinkSync, rmSync, type Stats } from "node:fs";
import { join } from "node:path";
import { ImageError } from "../errors.js";

/** Linux's MAXSYMLINKS (namei.h). */
const symlinksMax = 40;
/** Linux's PATH_MAX and NAME_MAX, in bytes. */
const pathBytesMax = 4096;
const nameBytesMax = 255;
/** Deeper than any real tree (nested node_modules reach about 60): removing a tree recurses as deep. */
const directoryDepthMax = 256;
const directoryMode = 0o755;

/**
 * A directory that is used as the root of a file system: symbolic links are followed as by a process inside, and no
 * path of an entry leaves it. No other process may write to the directory meanwhile.
 */
export class Root {
  readonly path: string;
  /** Paths that are known to be directories: 10,000 files then need fewer than 50,000 lstat calls. */
  readonly #known = new Map<string, string>();

  constructor(path: string) {
    this.path = path;
  }

  /**
   * The real path of the directory `names`, created if it is missing. A file at its path is replaced, as in an overlay.
   */
  directory(names: readonly string[]): string {
    const key = names.join("/");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const real = this.#walk(names);
    this.#known.set(key, real);
    return real;
  }

  /** Forgets known directories after one may have been removed or replaced. */
  forget(): void {
    this.#known.clear();
  }

  /** The file at a real path, without following a link; undefined if it does not exist. */
  static look(path: string): Stats | undefined {
    return lstatSync(path, { throwIfNoEntry: false });
  }

  #walk(names: readonly string[]): string {
    const left = [...names];
    const real: string[] = [];
    let symlinks = 0;
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      // Only targets of links can contain these; at the root ".." stays at the root, as with chroot.
      if (name === "" || name === ".") continue;
      if (name === "..") {
        real.pop();
        continue;
      }
      const path = join(this.path, ...real, name);
      const found = Root.look(path);
      if (found?.isSymbolicLink()) {
        if (++symlinks > symlinksMax) {
          throw new ImageError("image-path-unsafe", `"${names.join("/")}" goes through more than ${symlinksMax} links`);
        }
        const target = readlinkSync(path);
        if (target.startsWith("/")) real.length = 0;
        left.unshift(...target.split("/"));
        continue;
      }
      if (!found?.isDirectory()) {
        if (found) rmSync(path);
        mkdirSync(path, directoryMode);
      }
      if (real.push(name) > directoryDepthMax) {
        throw new ImageError(
          "image-path-unsafe",
          `A path is more than ${directoryDepthMax} directories deep: ${real.slice(0, 5).join("/")}/...`,
        );
      }
    }
    return join(this.path, ...real);
  }
}

/**
 * The names in an entry's path: [] for the root itself. A leading "/" or "./" is the root, as in container engines.
 * @throws ImageError "image-path-unsafe" for "..", NUL and names that are too long; on Windows also for the separators
 * "\\" and ":"
 */
export function namesOf(path: string, platform: string = process.platform): string[] {
  const unsafe = (fault: string) => new ImageError("image-path-unsafe", `The path ${JSON.stringify(path)} ${fault}`);
  if (Buffer.byteLength(path) > pathBytesMax) throw unsafe(`is longer than ${pathBytesMax} bytes`);
  if (path.includes("\0")) throw unsafe("contains a NUL character");
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  for (const name of names) {
    if (name === "..") throw unsafe('contains ".."');
    if (platform === "win32" && /[\\:]/.test(name))
      throw unsafe("contains a character that separates paths on Windows");
    if (Buffer.byteLength(name) > nameBytesMax) throw unsafe(`has a name longer than ${nameBytesMax} bytes`);
  }
  return names;
}
