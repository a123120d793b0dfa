import type { NewEntry } from "../tar/write-tar.js";

/** Readable by all: Lambda runs functions as a user that owns no files. */
const directoryMode = 0o755;

/** The entries in order of their paths, each after its parent directories. */
export function sortedWithFolders<T extends { readonly entry: NewEntry }>(
  entries: readonly T[],
): (T | { readonly entry: NewEntry })[] {
  const byPath = new Map<string, T | { readonly entry: NewEntry }>();
  for (const { entry } of entries) {
    const names = entry.path.replace(/\/$/, "").split("/");
    for (let depth = 1; depth < names.length; depth++) {
      const path = `${names.slice(0, depth).join("/")}/`;
      byPath.set(path, { entry: { type: "directory", path, mode: directoryMode } });
    }
  }
  for (const each of entries) byPath.set(each.entry.path, each);
  // By code unit, not by locale: the order must not depend on the machine.
  return [...byPath.keys()].sort((a, b) => (a < b ? -1 : 1)).map((path) => byPath.get(path)!);
}
