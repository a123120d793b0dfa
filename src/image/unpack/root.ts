import { lstatSync, mkdirSync, readlinkSync, rmSync, type Stats } from "node:fs";
import { join } from "node:path";
import { ImageError } from "../errors.js";

/** As Linux (MAXSYMLINKS in namei.h): beyond it a path is a loop. */
const symlinksMax = 40;
/** Linux's PATH_MAX and NAME_MAX, in bytes. */
const pathBytesMax = 4096;
const nameBytesMax = 255;
/** Deeper than any real tree (nested node_modules reach some 60); whoever removes a tree of thousands recurses as deep. */
const folderDepthMax = 256;
const folderMode = 0o755;

/**
 * A folder that is treated as the root of a file system: symbolic links are followed as a process inside would follow them,
 * and no path of an entry leads out of it. Nobody else may write to the folder meanwhile.
 */
export class Root {
  readonly path: string;
  /** Folders known to be real, by their path inside the root; so that 10 000 files do not mean 50 000 lstat calls. */
  readonly #known = new Map<string, string>();

  constructor(path: string) {
    this.path = path;
  }

  /** The real path of the folder that `names` lead to, made where it is missing. A file in its place is replaced, as an overlay does. */
  folder(names: readonly string[]): string {
    const key = names.join("/");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const real = this.#walk(names);
    this.#known.set(key, real);
    return real;
  }

  /** Drops what is known of folders, after something that could have been one is removed or replaced. */
  forget(): void {
    this.#known.clear();
  }

  /** What stands at a real path, not following a link; undefined when nothing does. */
  static look(path: string): Stats | undefined {
    return lstatSync(path, { throwIfNoEntry: false });
  }

  #walk(names: readonly string[]): string {
    const left = [...names];
    const real: string[] = [];
    let symlinks = 0;
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      // Only the targets of links can hold these; at the root ".." stays, as chroot has it.
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
        mkdirSync(path, folderMode);
      }
      if (real.push(name) > folderDepthMax) {
        throw new ImageError(
          "image-path-unsafe",
          `A path goes more than ${folderDepthMax} folders deep: ${real.slice(0, 5).join("/")}/...`,
        );
      }
    }
    return join(this.path, ...real);
  }
}

/**
 * The names along an entry's path: [] for the root itself. A leading "/" or "./" means the root, as container engines read it.
 * @throws ImageError "image-path-unsafe" for ".." , NUL and names that no file can have
 */
export function namesOf(path: string): string[] {
  const refuse = (fault: string) => new ImageError("image-path-unsafe", `The path ${JSON.stringify(path)} ${fault}`);
  if (Buffer.byteLength(path) > pathBytesMax) throw refuse(`is longer than ${pathBytesMax} bytes`);
  if (path.includes("\0")) throw refuse("has a NUL character");
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  for (const name of names) {
    if (name === "..") throw refuse('has a ".." in it');
    if (Buffer.byteLength(name) > nameBytesMax) throw refuse(`has a name longer than ${nameBytesMax} bytes`);
  }
  return names;
}
