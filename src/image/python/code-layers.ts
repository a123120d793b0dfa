// Layers of the user's code: model files first, each in its own layer, and the code last, so that a change of one line
// pushes kilobytes.

import { extname } from "node:path";
import { taskRoot } from "../function-image.js";
import type { Layer } from "../image.js";
import { fileDigest, fileLayer, gzipSame, type LayerSource } from "../layer/file-layer.js";
import { cachedLayer, layerKey } from "../layer/layer-cache.js";
import type { OnProgress } from "../on-progress.js";
import type { CodeFile } from "./code-files.js";

/** A larger file is data and not code. */
const codeBytesMax = 1_000_000;
/** Endings of model files, which have their own layer whatever their size. */
const modelEndings = new Set(
  (
    ".pkl .pickle .joblib .sav .dill .skops .onnx .pmml .cbm .ubj .bst .h5 .hdf5 .keras .pb .tflite .pt .pth " +
    ".safetensors .gguf .model .npy .npz"
  ).split(" "),
);
/** Container engines allow about 127 layers, and each costs a request when it is pushed. */
const ownLayersMax = 16;

/**
 * The layers of the files, in `taskRoot`. Cached in `cacheDir` by the content of the files.
 * @param onProgress called for each layer while it is compressed
 */
export async function codeLayers(
  files: readonly CodeFile[],
  cacheDir: string,
  onProgress?: OnProgress,
): Promise<readonly Layer[]> {
  const data = files.filter(isData).toSorted((a, b) => b.size - a.size);
  const own = new Set(data.slice(0, ownLayersMax));
  const rest = data.slice(ownLayersMax);
  const groups = [
    rest,
    ...files.filter((file) => own.has(file)).map((file) => [file]),
    files.filter((f) => !isData(f)),
  ];
  const layers: Layer[] = [];
  for (const group of groups) if (group.length > 0) layers.push(await layerOf(group, cacheDir, onProgress));
  return layers;
}

function isData({ path, size }: CodeFile): boolean {
  return size > codeBytesMax || modelEndings.has(extname(path).toLowerCase());
}

async function layerOf(files: readonly CodeFile[], cacheDir: string, onProgress?: OnProgress): Promise<Layer> {
  const sources: LayerSource[] = [];
  for (const { path, source, executable, linkPath } of files) {
    const inImage = `${taskRoot.slice(1)}/${path}`;
    if (linkPath !== undefined) sources.push({ entry: { type: "symlink", path: inImage, mode: 0o777, linkPath } });
    else {
      const entry = { type: "file", path: inImage, mode: executable ? 0o755 : 0o644 } as const;
      sources.push({ entry, file: source, digest: await fileDigest(source) });
    }
  }
  const key = layerKey(["code", sources.map(({ entry, digest }) => [entry, digest])]);
  return cachedLayer(cacheDir, key, () => fileLayer(sources, gzipSame, onProgress));
}
