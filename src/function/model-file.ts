import { readdirSync, readFileSync } from "node:fs";
import { FunctionError } from "./errors.js";

/**
 * Reads the model file of a function image: the one named by the variable TEPAL_MODEL (relative to `home`), or the only
 * one in the folder `model` of `home`, the folder of the bundle.
 * @throws FunctionError "model-file-not-found".
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

function onlyFileOf(folder: string): string {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // The message below says the same of a folder that is absent as of one that is empty.
  }
  if (names.length === 1) return under(folder, names[0]!);
  throw new FunctionError("model-file-not-found", `Expected one model file, found ${names.length}`, {
    place: { file: folder },
  });
}

function under(folder: string, path: string): string {
  return path.startsWith("/") ? path : `${folder}/${path}`;
}
