import { TepalError } from "../base/index.js";
import { detectFormat, type Format } from "./formats.js";
import { readLibsvm } from "./libsvm/read-libsvm.js";
import type { Model } from "./model.js";
import { readPickle } from "./read-pickle.js";

/** Inflating is loaded when it is asked for: it would cost the start of every function 5 ms. */
const inflating = () => import("./joblib/inflate.js");

const readers: Readonly<Record<Format, (file: Uint8Array) => Model | Promise<Model>>> = {
  pickle: (file) => readPickle(file, "pickle"),
  libsvm: readLibsvm,
  gzip: async (file) => readInflated((await inflating()).inflateGzip(file)),
  zlib: async (file) => readInflated((await inflating()).inflateZlib(file)),
};

/**
 * Reads a model file. What it is, is found from its bytes, never from its name. Nothing in it is run.
 * @throws TepalError "model-format-unknown" with what the file looks like; else the reader's own codes
 */
export async function readModel(bytes: Uint8Array): Promise<Model> {
  // Node's Buffer is a Uint8Array whose slice shares memory: past this line there are only plain ones.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, looksLike, hint } = detectFormat(file);
  if (!format)
    throw new TepalError("model-format-unknown", `The file is no model: it looks like ${looksLike}`, { hint });
  return readers[format](file);
}

/** joblib.dump with compress: what is inside must be a pickle. */
function readInflated(file: Uint8Array): Model {
  const { format, looksLike, hint } = detectFormat(file);
  if (format === "pickle") return readPickle(file, "joblib");
  throw new TepalError("model-format-unknown", `The file is compressed, and its content looks like ${looksLike}`, {
    hint,
  });
}
