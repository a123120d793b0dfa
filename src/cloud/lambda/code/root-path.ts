// Finds what a path means to a process inside a root file system, without leaving it: absolute links begin at the root again.

import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";

/** As Linux (MAXSYMLINKS in namei.h). */
const symlinksMax = 40;

/** The file on this machine that `path` names inside `root`; undefined when there is none. */
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

/** The path that a shell would start for `command`: as it is when it has a slash, else the first executable file of that name along PATH. */
export function findCommand(root: string, command: string, searchPath: string): string {
  if (command.includes("/")) return command;
  const candidates = searchPath.split(":").map((folder) => `${folder === "" ? "." : folder}/${command}`);
  const executable = (path: string) => {
    const found = findInRoot(root, path);
    return found?.stats.isFile() && (found.stats.mode & 0o111) !== 0;
  };
  return candidates.find(executable) ?? command;
}
