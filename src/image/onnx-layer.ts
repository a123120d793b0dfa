// The layer for images of ONNX models: the installed onnxruntime-node and its libraries.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import type { TepalError } from "../base/index.js";
import type { Platform } from "./documents.js";
import { ImageError } from "./errors.js";
import type { PlacedFile } from "./host-base/host-layer.js";
import { librariesOf } from "./host-base/libraries.js";
import type { Layer } from "./image.js";
import { buildLayer } from "./layer/build-layer.js";
import { cachedLayer, layerKey } from "./layer/layer-cache.js";
import { formatPlatform } from "./platform.js";

interface OnnxLayerOptions {
  /** A file of this program: packages are searched in its directory and its parents. */
  readonly requiredBy: string;
  /** The platform of the image. */
  readonly platform: Platform;
  /** The Node of `nodeBase`; undefined for a base with its own libraries. */
  readonly node: string | undefined;
  readonly cacheDir: string;
}

/** Where Node searches packages for the runtime in /var/task. */
const packagesRoot = "/var/task/node_modules";
const binding = "onnxruntime_binding.node";
/** Without types and source maps. */
const script = /\.[cm]?js(on)?$/;
/** CUDA and TensorRT have hundreds of MB, and Lambda has no GPU. */
const provider = /^libonnxruntime_providers_/;

/**
 * Compressed once and cached in `cacheDir` until a file changes.
 * @throws ImageError "image-onnx-runtime-missing" when the package, or its binary for the platform, is not installed;
 * "image-base-library"
 */
export async function onnxLayer({ requiredBy, platform, node, cacheDir }: OnnxLayerOptions): Promise<Layer> {
  const runtime = findPackage("onnxruntime-node", requiredBy);
  const common = findPackage("onnxruntime-common", join(runtime, "package.json"));
  const native = nativeFolder(runtime, platform);
  const inRuntime = [...scriptsOf(runtime), ...filesUnder(native).filter((path) => !provider.test(basename(path)))];
  const files = [
    ...inRuntime.map((path) => placed(path, runtime, "onnxruntime-node")),
    ...scriptsOf(common).map((path) => placed(path, common, "onnxruntime-common")),
    ...(node === undefined ? [] : librariesBeside(node, join(native, binding))),
  ];
  const inputs = files.map(({ from, to }) => {
    const { size, mtimeMs } = statSync(from);
    return [from, to, size, mtimeMs];
  });
  return await cachedLayer(cacheDir, layerKey(["onnx", inputs]), () => {
    const layer = buildLayer(files.map(({ from, to }) => ({ path: to.slice(1), content: readFileSync(from) })));
    return { bytes: layer.open(), diffId: () => layer.diffId };
  });
}

/** The directory of an installed package: the nearest parent of its main file with its name. */
function findPackage(name: string, requiredBy: string): string {
  let main: string;
  try {
    main = createRequire(requiredBy).resolve(name);
  } catch (cause) {
    throw missing(`The package ${name}, which runs ONNX models, is not installed`, cause);
  }
  for (let directory = dirname(main); directory !== dirname(directory); directory = dirname(directory)) {
    if (basename(directory) === name && existsSync(join(directory, "package.json"))) return directory;
  }
  throw missing(`${main} is not in a directory ${name} with a package.json`);
}

/** bin/napi-v6/linux/x64, with the Node-API version of the package. */
function nativeFolder(runtime: string, platform: Platform): string {
  const { os, architecture } = platform;
  const ending = join(os, architecture === "amd64" ? "x64" : architecture);
  const bin = join(runtime, "bin");
  const found = (existsSync(bin) ? readdirSync(bin) : [])
    .map((version) => join(bin, version, ending))
    .find((directory) => existsSync(join(directory, binding)));
  if (found) return found;
  throw missing(`The package onnxruntime-node in ${runtime} has no binary for ${formatPlatform(platform)}`);
}

function scriptsOf(directory: string): readonly string[] {
  return [
    join(directory, "package.json"),
    ...filesUnder(join(directory, "dist")).filter((path) => script.test(basename(path))),
  ];
}

/** In the same order on every machine. */
function filesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => join(directory, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function placed(path: string, directory: string, name: string): PlacedFile {
  return { from: path, to: `${packagesRoot}/${name}/${relative(directory, path).replaceAll(sep, "/")}` };
}

/** The libraries of the binding that neither the base nor its own directory has. */
function librariesBeside(node: string, path: string): readonly PlacedFile[] {
  const brought = new Set(librariesOf(node).map(({ to }) => to));
  return librariesOf(node, [path]).filter(({ from, to }) => !brought.has(to) && dirname(from) !== dirname(path));
}

function missing(message: string, cause?: unknown): TepalError {
  return new ImageError("image-onnx-runtime-missing", message, { cause });
}
