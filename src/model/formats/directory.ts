// A directory that is passed as a model: MLflow's, one with a single model file, or another program's.

import { deployCode, exportToOnnx } from "../core/hints.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";

export interface DirectoryEntry {
  /** Relative to the directory, with slashes. */
  readonly path: string;
  readonly size: number;
}

interface DirectoryKind {
  readonly has: (paths: ReadonlySet<string>) => boolean;
  readonly looksLike: string;
  readonly hint: string;
}

const kinds: readonly DirectoryKind[] = [
  {
    has: (paths) => paths.has("saved_model.pb"),
    looksLike: "a TensorFlow SavedModel",
    hint: `${exportToOnnx("TensorFlow", "tf2onnx")} ${deployCode}`,
  },
  {
    has: (paths) => paths.has("meta.json") && paths.has("config.cfg"),
    looksLike: "a spaCy pipeline",
    hint: `spaCy pipelines are not supported. ${deployCode}`,
  },
  {
    has: (paths) =>
      paths.has("config.json") &&
      ["model.safetensors", "pytorch_model.bin", "tf_model.h5"].some((name) => paths.has(name)),
    looksLike: "a Hugging Face model",
    hint: `Neural networks are not supported. ${deployCode}`,
  },
];

/** Names of model files. What a file is, is found from its bytes later. */
const modelFile =
  /\.(pkl|pickle|joblib|sav|skops|dill|cbm|onnx|ubj|bst|xgb|lgb|model|tar\.gz|tgz|pkl\.(gz|bz2|xz|zip))$/i;
/** The keys of MLflow's flavors that name the model's file, by flavor. */
const mlflowFlavors: ReadonlyMap<string, readonly string[]> = new Map([
  ["sklearn", ["pickled_model"]],
  ["xgboost", ["data"]],
  ["lightgbm", ["data"]],
  ["catboost", ["data"]],
  ["onnx", ["data"]],
  ["python_function", ["model_path"]],
]);
/** An MLmodel file has a few dozen lines; the signature of a wide model is one line. */
const mlmodelBytesMax = 1 << 22;
const shownMax = 8;

/**
 * Finds the model file of a directory.
 * @returns its path in the directory
 * @throws ModelError "model-format-unknown" with what the directory is, "model-several" with the files
 */
export async function findModelFile(
  entries: readonly DirectoryEntry[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<string> {
  const paths = new Set(entries.map(({ path }) => path));
  const mlmodel = entries.find(({ path }) => path === "MLmodel");
  if (mlmodel) return mlflowFile(mlmodel, paths, read);
  const kind = kinds.find(({ has }) => has(paths));
  if (kind) throw unknown(`The directory looks like ${kind.looksLike}`, kind.hint);
  const found = entries.filter(({ path }) => modelFile.test(path) && !/(^|\/)\./.test(path)).map(({ path }) => path);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first === undefined) {
    throw unknown(
      "The directory contains no model file",
      "Pass the model file itself, or a directory with your own Python code (lambda_function.py).",
    );
  }
  throw new ModelError("model-several", `The directory contains ${found.length} model files: ${listOf(found)}`);
}

async function mlflowFile(
  { size }: DirectoryEntry,
  paths: ReadonlySet<string>,
  read: (path: string) => Promise<Uint8Array>,
): Promise<string> {
  if (size > mlmodelBytesMax) throw unknown(`MLmodel has ${size} bytes; the maximum is ${mlmodelBytesMax}`);
  const flavors = readFlavors(new TextDecoder().decode(await read("MLmodel")));
  for (const [flavor, keys] of mlflowFlavors) {
    for (const key of keys) {
      const path = flavors.get(flavor)?.get(key)?.replace(/\/$/, "");
      if (path === undefined) continue;
      if (paths.has(path)) return path;
      // MLflow also writes directories, such as data: model with model/model.pkl.
      const inside = [...paths].filter((each) => each.startsWith(`${path}/`) && modelFile.test(each));
      if (inside[0] !== undefined && inside.length === 1) return inside[0];
      throw unknown(`MLmodel names the file ${printable(path, 60)}, which the directory does not contain`);
    }
  }
  throw unknown(
    `The directory is an MLflow model of the flavors ${listOf([...flavors.keys()])}`,
    `The supported flavors are ${[...mlflowFlavors.keys()].slice(0, -1).join(", ")}. ${deployCode}`,
  );
}

/**
 * The keys of each flavor in an MLmodel file. Of YAML, only what MLflow writes there: mappings by indentation with one
 * `key: value` a line.
 */
function readFlavors(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const flavors = new Map<string, Map<string, string>>();
  let inFlavors = false;
  let flavor: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, indent = "", key = "", value = ""] = /^( *)([\w.-]+):(?: +(.*))?$/.exec(line) ?? [];
    if (key === "") continue;
    if (indent === "") inFlavors = key === "flavors";
    else if (inFlavors && indent.length === 2) {
      flavor = new Map();
      flavors.set(key, flavor);
    } else if (inFlavors && indent.length === 4) flavor?.set(key, value.trim().replace(/^(["'])(.*)\1$/, "$2"));
  }
  return flavors;
}

function unknown(message: string, hint?: string): ModelError {
  return new ModelError("model-format-unknown", message, hint === undefined ? {} : { hint });
}

function listOf(paths: readonly string[]): string {
  const shown = paths.slice(0, shownMax).map((path) => printable(path, 60));
  return shown.join(", ") + (paths.length > shownMax ? `, and ${paths.length - shownMax} more` : "");
}
