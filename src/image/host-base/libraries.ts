// Which files a program needs to start, found as the dynamic loader finds them (ld.so(8)), without running anything.

import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ImageError } from "../errors.js";
import { type Elf, isElfFor, readElf } from "./elf.js";
import type { PlacedFile } from "./host-layer.js";

/** Searched last. Distributions compile in one or two of these. */
const defaultDirectories = ["/lib64", "/usr/lib64", "/lib", "/usr/lib"];
const muslDirectories = ["/lib", "/usr/local/lib", "/usr/lib"];
const loaderConfig = "/etc/ld.so.conf";
/** musl's loader is itself these libraries (its ldso/dynlink.c). */
const muslOwn = /^lib(c|pthread|rt|m|dl|util|xnet)\./;
const includesMax = 64;

/**
 * The dynamic loader and every library of `program`, each once. Libraries of an absolute RPATH keep their path; all
 * others go to the directory of libc, which this loader searches without configuration. `addons` are libraries that the
 * program opens at run time: their libraries are included. `names` are libraries that are included if this machine has
 * them.
 * @throws ImageError "image-base-library" when one is not found, "image-base-elf"
 */
export function librariesOf(
  program: string,
  addons: readonly string[] = [],
  names: readonly string[] = [],
): PlacedFile[] {
  const { interpreter, machine } = readElf(program);
  if (interpreter === undefined) return [];
  const musl = basename(interpreter).startsWith("ld-musl");
  const searched = musl ? muslDirectories : [...configuredFolders(loaderConfig), ...defaultDirectories];
  const found = new Map<string, { from: string; fixed: boolean }>();

  const visit = (path: string, inherited: readonly string[]) => {
    const elf = readElf(path);
    const rpath = elf.runpath.length > 0 ? [] : [...elf.rpath, ...inherited];
    for (const name of elf.needed) {
      if (found.has(name) || name === basename(interpreter) || (musl && muslOwn.test(name))) continue;
      const library = findLibrary(name, path, elf, rpath, searched, machine);
      found.set(name, library);
      visit(library.from, rpath);
    }
  };
  for (const path of [program, ...addons]) visit(path, []);
  for (const name of names) {
    const directory = searched.find((directory) => isLibrary(join(directory, name), machine));
    if (found.has(name) || directory === undefined) continue;
    found.set(name, { from: join(directory, name), fixed: false });
    visit(join(directory, name), []);
  }

  const libc = found.get("libc.so.6")?.from;
  const shared = libc ? realpathSync(dirname(libc)) : "/usr/lib";
  const libraries = [...found].map(([name, { from, fixed }]) => ({ from, to: fixed ? from : join(shared, name) }));
  return [{ from: interpreter, to: interpreter }, ...libraries];
}

function findLibrary(
  name: string,
  neededBy: string,
  { runpath }: Elf,
  rpath: readonly string[],
  searched: readonly string[],
  machine: number,
): { from: string; fixed: boolean } {
  if (name.includes("/")) {
    if (isLibrary(name, machine)) return { from: name, fixed: true };
  } else {
    const origin = dirname(realpathSync(neededBy));
    for (const directory of [...rpath, ...runpath]) {
      const from = join(directory.replace(/\$ORIGIN\b|\$\{ORIGIN\}/g, origin), name);
      if (isLibrary(from, machine)) return { from, fixed: directory.startsWith("/") };
    }
    for (const directory of searched)
      if (isLibrary(join(directory, name), machine)) return { from: join(directory, name), fixed: false };
  }
  throw new ImageError("image-base-library", `${neededBy} needs ${name}, which was not found`, {
    place: { file: neededBy },
  });
}

function isLibrary(path: string, machine: number): boolean {
  return existsSync(path) && isElfFor(machine, path);
}

/** The directories of ld.so.conf and the files that it includes. */
function configuredFolders(path: string, depth = 0): string[] {
  if (depth > includesMax || !existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .flatMap((line) => {
      const include = /^include\s+(.+)$/.exec(line)?.[1];
      if (include)
        return filesLike(join(dirname(path), include), include).flatMap((each) => configuredFolders(each, depth + 1));
      return line.startsWith("/") ? [line] : [];
    });
}

/** The files that match a pattern with `*` in its last part. */
function filesLike(joined: string, pattern: string): string[] {
  const path = pattern.startsWith("/") ? pattern : joined;
  const directory = dirname(path);
  if (!existsSync(directory)) return [];
  const name = new RegExp(
    `^${basename(path)
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")}$`,
  );
  return readdirSync(directory)
    .filter((each) => name.test(each))
    .sort()
    .map((each) => join(directory, each));
}
