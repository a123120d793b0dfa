// The layer of installed Python packages: the same on every machine for the same packages.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { ImageError } from "../errors.js";
import type { Layer } from "../image.js";
import { fileLayer, gzipSame, type LayerSource } from "../layer/file-layer.js";
import { cachedLayer, layerKey } from "../layer/layer-cache.js";
import type { OnProgress } from "../on-progress.js";

interface PackageLayerOptions {
  /** What decides which files are installed: platform, Python version, packages with versions and hashes. */
  readonly key: unknown;
  /** Where the packages are in the image, such as "/opt/python". */
  readonly into: string;
  readonly cacheDir: string;
  /** Installs the packages into a directory and returns its path; for `bytecodeLayer`, also compiles them. */
  readonly install: () => Promise<string>;
  /** Called while the layer is compressed. */
  readonly onProgress?: OnProgress;
}

/** PyTorch has 20,000 files. */
const filesMax = 200_000;
/** What differs by machine, by installer and by time. */
const omittedMetadata = new Set(["INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"]);
/** uv leaves the file with which it locked the directory. */
const lockOfUv = ".lock";

/**
 * The layer of the packages, cached in `cacheDir` by `key`; only if it is not cached, the packages are installed.
 * Without compiled files, and without the programs in `bin` (their first line has the path of this machine's Python).
 * @throws ImageError "image-code-limit", and what `install` throws
 */
export function packageLayer({ key, into, cacheDir, install, onProgress }: PackageLayerOptions): Promise<Layer> {
  return cachedLayer(cacheDir, layerKey(["packages", into, key]), async () =>
    fileLayer(packageFiles(await install(), into), gzipSame, onProgress),
  );
}

/**
 * The layer of the packages' compiled files, so that a function does not compile them at each start: for scikit-learn,
 * 1.5 s of processor time and not 5.7 s. Apart from the packages, which are the same whatever Python this machine has.
 */
export function bytecodeLayer({ key, into, cacheDir, install, onProgress }: PackageLayerOptions): Promise<Layer> {
  return cachedLayer(cacheDir, layerKey(["bytecode", into, key]), async () =>
    fileLayer(bytecodeFiles(await install(), into), gzipSame, onProgress),
  );
}

function bytecodeFiles(directory: string, into: string): LayerSource[] {
  return pathsIn(directory)
    .filter((path) => isCompiled(path) && path.endsWith(".pyc"))
    .map((path) => ({
      entry: { type: "file", path: `${into.slice(1)}/${path}`, mode: 0o644 },
      file: join(directory, path),
    }));
}

function packageFiles(directory: string, into: string): LayerSource[] {
  const paths = pathsIn(directory).filter((path) => !isOmitted(path));
  const kept = new Set(paths);
  return paths.flatMap((path): LayerSource[] => {
    const file = join(directory, path);
    const stats = statSync(file);
    if (!stats.isFile()) return [];
    const mode = (stats.mode & 0o100) !== 0 && !path.endsWith(".so") ? 0o755 : 0o644;
    const entry = { type: "file", path: `${into.slice(1)}/${path}`, mode } as const;
    if (!/^[^/]+\.dist-info\/RECORD$/.test(path)) return [{ entry, file }];
    return [{ entry, content: Buffer.from(recordOf(readFileSync(file, "utf8"), kept)) }];
  });
}

function pathsIn(directory: string): readonly string[] {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" });
  if (paths.length <= filesMax) return paths.map((path) => path.replaceAll(sep, "/")).sort();
  throw new ImageError("image-code-limit", `The packages have ${paths.length} files, at most ${filesMax}`);
}

function isCompiled(path: string): boolean {
  return path.split("/").includes("__pycache__") || path.endsWith(".pyc");
}

function isOmitted(path: string): boolean {
  if (path.split("/")[0] === "bin" || path === lockOfUv || isCompiled(path)) return true;
  return dirname(path).endsWith(".dist-info") && omittedMetadata.has(basename(path));
}

/** The list of a package's files without those that are left out, in order. */
function recordOf(text: string, kept: ReadonlySet<string>): string {
  const lines = text.split(/\r?\n/).filter((line) => {
    const path = /^"((?:[^"]|"")*)"|^[^,]*/.exec(line);
    return path !== null && kept.has((path[1]?.replaceAll('""', '"') ?? path[0]).replaceAll("\\", "/"));
  });
  return `${lines.sort().join("\n")}\n`;
}
