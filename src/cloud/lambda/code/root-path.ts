// Resolves paths inside a root file system as a process in it would: absolute symbolic links start at that root.

import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";

/** As Linux (MAXSYMLINKS in namei.h). */
const symlinksMax = 40;

/** The path on this machine of `path` inside `root`; undefined when it does not exist. */
export function findInRoot(root: string, path: string): { readonly path: string; readonly stats: Stats } | undefined {
  const left = path.split("/");
  const real: string[] = [];
  let symlinks = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      real.pop();
      continue;
    }
    const here = join(root, ...real, name);
    const found = lstatSync(here, { throwIfNoEntry: false });
    if (!found) return undefined;
    if (found.isSymbolicLink()) {
      if (++symlinks > symlinksMax) return undefined;
      const target = readlinkSync(here);
      if (target.startsWith("/")) real.length = 0;
      left.unshift(...target.split("/"));
      continue;
    }
    if (!found.isDirectory() && left.some((rest) => rest !== "")) return undefined;
    real.push(name);
  }
  const at = join(root, ...real);
  return { path: at, stats: lstatSync(at) };
}

/**
 * The program that `execvp` would execute: `command` if it has a slash, else the first executable file of that name in
 * `searchPath`.
 */
export function findCommand(root: string, command: string, searchPath: string): string {
  if (command.includes("/")) return command;
  const candidates = searchPath.split(":").map((directory) => `${directory === "" ? "." : directory}/${command}`);
  const executable = (path: string) => {
    const found = findInRoot(root, path);
    return found?.stats.isFile() && (found.stats.mode & 0o111) !== 0;
  };
  return candidates.find(executable) ?? command;
}
