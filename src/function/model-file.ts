import { readdirSync, readFileSync } from "node:fs";
import { FunctionError } from "./errors.js";

/**
 * Reads the model file of a function image: the file named by TEPAL_MODEL (relative to `home`), or the only file in the
 * directory `model` of `home`, the directory of the bundle.
 * @throws FunctionError "model-file-not-found"
 */
export function readModelFile(named: string | undefined, home: string): Uint8Array {
  const path = named ? under(home, named) : onlyFileOf(under(home, "model"));
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FunctionError("model-file-not-found", `Cannot read the model file: ${code}`, { place: { file: path } });
  }
}

function onlyFileOf(directory: string): string {
  let names: string[] = [];
  try {
    names = readdirSync(directory);
  } catch {
    // A missing directory is reported like an empty one, by the error below.
  }
  if (names.length === 1) return under(directory, names[0]!);
  throw new FunctionError("model-file-not-found", `Expected one model file, found ${names.length}`, {
    place: { file: directory },
  });
}

function under(directory: string, path: string): string {
  return path.startsWith("/") ? path : `${directory}/${path}`;
}
