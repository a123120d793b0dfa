import { TepalError } from "../base/index.js";
import { detectFormat } from "./formats.js";
import type { Model } from "./model.js";
import { readPickle } from "./read-pickle.js";

/**
 * Reads a model file. What it is, is found from its bytes, never from its name. Nothing in it is run.
 * @throws TepalError "model-format-unknown" with what the file looks like; else the reader's own codes
 */
export async function readModel(bytes: Uint8Array): Promise<Model> {
  // Node's Buffer is a Uint8Array whose slice shares memory: past this line there are only plain ones.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = detectFormat(file);
  switch (found.format) {
    case "pickle":
      return readPickle(file);
    case "unknown":
      throw new TepalError("model-format-unknown", `The file is no model that Tepal reads: ${found.looksLike}`);
    default:
      return found satisfies never;
  }
}
