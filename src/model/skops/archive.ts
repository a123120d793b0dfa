// The ZIP archive of a skops file, and the .npz of scipy's matrices in it.

import { TepalError } from "../../base/index.js";
import { unzip, zipDamaged } from "../archive/zip.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";

/** The files of an archive by their names. @throws ModelError "skops-broken", "model-too-large" */
export function readArchive(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  try {
    return unzip(bytes, (name) => {
      if (/[/\\]|\.\./.test(name)) throw broken(`it contains a path, "${printable(name, 60)}"`);
      return true;
    });
  } catch (error) {
    if (error instanceof TepalError && error.code === "model-damaged") throw broken(zipDamaged);
    throw error;
  }
}

export function broken(message: string): TepalError {
  return new ModelError("skops-broken", `skops file: ${message}`);
}
