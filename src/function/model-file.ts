// Reads the model of a function image.

import { readdirSync, readFileSync } from "node:fs";
import { basename, isAbsolute } from "node:path";
import { type Model, parseChain, readChain, readModel } from "../model/index.js";
import { FunctionError } from "./errors.js";
import { parseJson } from "./json.js";

/** The file that says how the other files of its directory are one model. */
export const chainFileName = "chain.json";

/**
 * Reads the model of a function image: the file named by TEPAL_MODEL (relative to `home`), or else the only file or the
 * chain.json in the directory `model` of `home`, the directory of the bundle.
 * @throws FunctionError "model-file-not-found", ModelError
 */
export async function loadModel(named: string | undefined, home: string): Promise<Model> {
  const path = modelPath(named, home);
  const bytes = readFile(path);
  if (basename(path) !== chainFileName) return readModel(bytes);
  const directory = path.slice(0, -chainFileName.length);
  const chain = parseChain(parseJson(bytes.toString("utf8"), chainFileName));
  return readChain(chain, (file) => {
    // The image may be a stranger's: its chain reads no file outside of its directory.
    if (/[/\\]/.test(file) || file.startsWith(".")) {
      throw new FunctionError("model-file-not-found", `${chainFileName} names a path, and not a file beside it`, {
        place: { file: path },
      });
    }
    return readFile(directory + file);
  });
}

/** The model file, or the chain.json. @throws FunctionError "model-file-not-found" */
export function modelPath(named: string | undefined, home: string): string {
  return named ? under(home, named) : modelFileOf(under(home, "model"));
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FunctionError("model-file-not-found", `Cannot read the model file: ${code}`, { place: { file: path } });
  }
}

function modelFileOf(directory: string): string {
  let names: string[] = [];
  try {
    names = readdirSync(directory);
  } catch {
    // A missing directory is reported like an empty one, by the error below.
  }
  if (names.includes(chainFileName)) return under(directory, chainFileName);
  if (names.length === 1) return under(directory, names[0]!);
  throw new FunctionError("model-file-not-found", `Expected one model file, found ${names.length}`, {
    place: { file: directory },
  });
}

function under(directory: string, path: string): string {
  return isAbsolute(path) ? path : `${directory}/${path}`;
}
