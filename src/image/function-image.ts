import { basename } from "node:path";
import type { Blob } from "./blob.js";
import { type Digest, digestOf } from "./digest.js";
import type { Platform, RunConfig } from "./documents.js";
import { configOf, type Image, imageOf, type Layer } from "./image.js";
import { buildLayer } from "./layer/build-layer.js";
import { fileLayer, gzipSame } from "./layer/file-layer.js";
import { cachedLayer, layerKey } from "./layer/layer-cache.js";
import type { OnProgress } from "./on-progress.js";

/** A root file system on which images are built. */
export interface BaseImage extends Platform {
  readonly layers: readonly Blob[];
  readonly diffIds: readonly Digest[];
  readonly config: RunConfig;
  readonly history: readonly unknown[];
}

/** The base of a function image: a root file system with Node. */
export interface Base extends BaseImage {
  /** Absolute path of Node, or a name in its PATH. */
  readonly node: string;
}

/**
 * An image as the base of function images. Its Node is the program of its entry point if that is `node` (as in
 * distroless images), else the one in its PATH.
 */
export async function baseOf(image: Image): Promise<Base> {
  const { created: _created, ...config } = await configOf(image);
  const program = config.config.Entrypoint?.[0] ?? "";
  return { ...config, layers: image.layers, node: basename(program) === "node" ? program : "node" };
}

interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** From `modelLayer`, for a large file. */
  readonly layer?: Layer;
}

export interface FunctionImageParts {
  readonly base: Base;
  /** From `bundleLayer`. */
  readonly bundle: Layer;
  /** From `onnxLayer`, for a model that needs it. */
  readonly onnx?: Layer | undefined;
  /**
   * Each in its own layer, so that a change of one pushes no other. The runtime opens the last one: the model file, or
   * the chain.json that names the others. Names as `modelFileNames` returns them.
   */
  readonly files: readonly ModelFile[];
  /** What the model is called, for the image's title. */
  readonly title: string;
  /** Added to the labels that every function image has. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Lambda's directory for code (LAMBDA_TASK_ROOT). */
export const taskRoot = "/var/task";
export const bundlePath = `${taskRoot}/function.cjs`;
export const modelDirectory = `${taskRoot}/model`;
/** The file in `modelDirectory` that says how the others are one model. */
export const chainFileName = "chain.json";
/** The same on every machine: a build time would change the digest. */
export const created = "1970-01-01T00:00:00Z";

/** Marks images that Tepal built, for people and tools. Anyone can set it, so nothing is decided by it. */
export const functionLabel = "dev.tepal.function";

/** Labels of every function image. AWS requires the first for snapshots of an image's functions. */
const ownLabels = { "com.amazonaws.lambda.feature.snapstart": "Allow", [functionLabel]: "1" } as const;

/** The layer with the runtime. It only changes with Tepal's version, so it is cached in `cacheDir`. */
export function bundleLayer(bundle: Uint8Array, cacheDir: string): Promise<Layer> {
  return cachedLayer(cacheDir, layerKey(["bundle", digestOf(bundle)]), () => {
    const layer = buildLayer([{ path: bundlePath.slice(1), content: bundle }]);
    return { bytes: layer.open(), diffId: () => layer.diffId };
  });
}

/** A smaller layer is compressed faster than it is found in the cache. */
const cachedModelBytesMin = 4 << 20;

/**
 * The layer of a large model file, compressed once and cached in `cacheDir` by the file's name and content; undefined
 * for a file that `buildFunctionImage` compresses in no time.
 * @param onProgress called while the layer is compressed
 */
export async function modelLayer(
  { name, bytes }: ModelFile,
  cacheDir: string,
  onProgress?: OnProgress,
): Promise<Layer | undefined> {
  if (bytes.length < cachedModelBytesMin) return undefined;
  const entry = { type: "file", path: modelPathOf(name).slice(1), mode: 0o644 } as const;
  return cachedLayer(cacheDir, layerKey(["model", name, digestOf(bytes)]), () =>
    fileLayer([{ entry, content: bytes }], gzipSame, onProgress),
  );
}

function modelPathOf(name: string): string {
  return `${modelDirectory}/${name}`;
}

/**
 * The image of a model: base, runtime, onnxruntime if it is needed, and the model's files as the last layers, so that a
 * new file only changes its layer, the config and the manifest. The files are not changed.
 */
export function buildFunctionImage({ base, bundle, onnx, files, title, labels = {} }: FunctionImageParts): Image {
  const modelPath = modelPathOf(files.at(-1)!.name);
  const modelLayers = files.map(
    ({ name, bytes, layer }) => layer ?? buildLayer([{ path: modelPathOf(name).slice(1), content: bytes }]),
  );
  const own = [bundle, ...(onnx ? [onnx] : []), ...modelLayers];
  const { os, architecture, variant, config } = base;
  // Entrypoint and Cmd of the base start another program.
  const { Entrypoint: _entrypoint, Cmd: _cmd, User: _user, Healthcheck: _check, ...kept } = config;
  return imageOf(
    {
      created,
      os,
      architecture,
      ...(variant ? { variant } : {}),
      config: {
        ...kept,
        Entrypoint: [base.node, bundlePath],
        Env: [...(kept.Env ?? []).filter((each) => !each.startsWith("TEPAL_MODEL=")), `TEPAL_MODEL=${modelPath}`],
        WorkingDir: taskRoot,
        ExposedPorts: { ...kept.ExposedPorts, "8080/tcp": {} },
        Labels: { ...kept.Labels, ...ownLabels, "org.opencontainers.image.title": title, ...labels },
      },
      diffIds: [...base.diffIds, ...own.map(({ diffId }) => diffId)],
      history: [
        ...historyOf(base),
        historyEntry("the runtime"),
        ...(onnx ? [historyEntry("onnxruntime")] : []),
        ...files.map(() => historyEntry("the model")),
      ],
    },
    [...base.layers, ...own],
  );
}

/** An entry for each layer of the base: buildah rejects an image whose layers and history do not match. */
export function historyOf({ layers, history }: BaseImage): readonly unknown[] {
  const filled = history.filter(
    (entry) => !(typeof entry === "object" && entry && "empty_layer" in entry && entry.empty_layer),
  );
  return filled.length === layers.length ? history : layers.map(() => historyEntry("the base"));
}

const createdByPrefix = "tepal build: ";

export function historyEntry(what: string): object {
  return { created, created_by: createdByPrefix + what };
}

/** More layers than a function image has above its base. */
const functionLayersMax = 64;

/**
 * The layers that an image has from its runtime on, by its history; none in an image that has no runtime. Anyone can
 * write a history, so the content of the layers must be checked.
 */
export function functionLayersOf({ layers }: Image, history: readonly unknown[]): readonly Blob[] {
  const creators = history.map((entry) =>
    typeof entry === "object" && entry && "created_by" in entry ? entry.created_by : undefined,
  );
  const runtime = creators.lastIndexOf(`${createdByPrefix}the runtime`);
  const count = creators.length - runtime;
  return runtime < 0 || count > functionLayersMax ? [] : layers.slice(-count);
}

/**
 * The names of files in the image: without directories and characters that are special in a path or shell, each
 * different, and none of them the name of the chain.
 */
export function modelFileNames(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>([chainFileName]);
  return paths.map((path) => {
    const last = path.split(/[/\\]/).at(-1) ?? "";
    const safe = last.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^\.+/, "") || "model";
    let name = safe;
    for (let count = 2; taken.has(name); count++) name = `${count}-${safe}`;
    taken.add(name);
    return name;
  });
}
