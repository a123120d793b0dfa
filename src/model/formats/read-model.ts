import type { Model } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { FileObjects } from "../pickle/file-objects.js";
import { estimatorModel } from "../registry/estimator-model.js";
import { estimatorIn } from "../registry/find-estimator.js";
import { readEstimator } from "../registry/read-estimator.js";
import { detectFormat } from "./detect-format.js";
import type { Compression, Format } from "./known-formats.js";
import { readPickle } from "./read-pickle.js";

/** A model of one of the formats that contain nothing else, or the objects of a file. */
export type Content = Model | FileObjects;

const readers: Readonly<Record<Exclude<Format, Compression>, (file: Uint8Array) => Content | Promise<Content>>> = {
  pickle: (file) => readPickle(file, "pickle"),
  libsvm: async (file) => (await import("../libsvm/read-libsvm.js")).readLibsvm(file),
  zip: readZip,
  tar: async (file) => readInner((await import("./read-archive.js")).modelInTar(file)),
  onnx: async (file) => await (await import("../onnx/read-onnx.js")).readOnnx(file),
  lightgbm: async (file) => (await import("../lightgbm/read-lightgbm.js")).readLightgbm(file),
  catboost: async (file) => (await import("../catboost/read-catboost.js")).readCatboostCbm(file),
  "catboost-json": async (file) => (await import("../catboost/read-catboost.js")).readCatboostJson(file),
  "xgboost-json": async (file) => (await import("../xgboost/read-xgboost.js")).readXgboostJson(file),
  "xgboost-ubjson": async (file) => (await import("../xgboost/read-xgboost.js")).readXgboostUbjson(file),
  "xgboost-binary": async (file) => (await import("../xgboost/read-xgboost.js")).readXgboostBinary(file),
};

/** Decompressors are loaded on demand: they would add 5 ms to the start of every function. */
const inflaters: Readonly<Record<Compression, (file: Uint8Array) => Promise<Uint8Array>>> = {
  gzip: async (file) => (await import("../compression/inflate.js")).inflateGzip(file),
  zlib: async (file) => (await import("../compression/inflate.js")).inflateZlib(file),
  bzip2: async (file) => (await import("../compression/bzip2.js")).inflateBzip2(file),
  xz: async (file) => (await import("../compression/xz.js")).inflateXz(file),
  lzma: async (file) => (await import("../compression/xz.js")).inflateLzma(file),
  lz4: async (file) => (await import("../compression/lz4.js")).inflateLz4(file),
};

/** The model that a file's content is. @throws ModelError "estimator-..." */
export function modelOf(content: Content): Model {
  if ("signature" in content) return content;
  return estimatorModel(readEstimator(estimatorIn(content.value)), content.format, content.libraries);
}

/**
 * Reads what a file contains. Its format is found from its bytes, never from its name. Nothing in it is run.
 * @throws ModelError "model-format-unknown" with what the file looks like; else the reader's own codes
 */
export async function readContent(bytes: Uint8Array): Promise<Content> {
  // Node's Buffer is a Uint8Array whose slice shares memory: from here on there are only plain Uint8Arrays.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, looksLike, hint } = detectFormat(file);
  if (!format)
    throw new ModelError("model-format-unknown", `Unrecognized model format: the file looks like ${looksLike}`, {
      hint,
    });
  if (isCompression(format)) return readInflated(await inflaters[format](file));
  return readers[format](file);
}

/** A compressed model: a compressed pickle is joblib's. A file that is compressed twice is not supported. */
function readInflated(file: Uint8Array): Content | Promise<Content> {
  const { format, looksLike, hint } = detectFormat(file);
  if (format === "pickle") return readPickle(file, "joblib");
  if (format && !isCompression(format)) return readers[format](file);
  throw new ModelError("model-format-unknown", `The file is compressed, and its content looks like ${looksLike}`, {
    hint,
  });
}

async function readZip(file: Uint8Array): Promise<Content> {
  const { isSkops, modelInZip } = await import("./read-archive.js");
  if (isSkops(file)) return (await import("../skops/read-skops.js")).readSkops(file);
  return readInner(modelInZip(file));
}

/** The model file in an archive. An archive in an archive is not supported. */
function readInner(file: Uint8Array): Content | Promise<Content> {
  const { format, looksLike } = detectFormat(file);
  if (format === "zip" || format === "tar") {
    throw new ModelError("model-format-unknown", `The file is an archive, and its content looks like ${looksLike}`, {
      hint: "Unpack it, and pass the model file.",
    });
  }
  return readContent(file);
}

function isCompression(format: Format): format is Compression {
  return Object.hasOwn(inflaters, format);
}
