// What files look like: the supported formats, and others that people pass. The first row that fits wins.

import { deployCode, exportToOnnx, supportedFormats } from "../core/hints.js";

/** Formats with a reader. */
export type Format =
  | "pickle"
  | "libsvm"
  | "xgboost-json"
  | "xgboost-ubjson"
  | "xgboost-binary"
  | "lightgbm"
  | "catboost"
  | "catboost-json"
  | "onnx"
  | "zip"
  | "tar"
  | Compression;
export type Compression = "gzip" | "zlib" | "bzip2" | "xz" | "lzma" | "lz4" | "zfile";

export interface Detected {
  /** Absent: not read. */
  readonly format?: Format;
  /** What the file looks like, to end the sentence "The file looks like ...". */
  readonly looksLike: string;
  /** What its owner can do, where something better than a list of formats can be said. */
  readonly hint?: string;
  /** Text of no known format: column names, one on each line, or a JSON document of plain values. */
  readonly isText?: true;
}

interface Magic extends Detected {
  /** Bytes in hex, or the start of the text. */
  readonly starts: string | RegExp;
}

const compressed = 'Save it again with joblib.dump(model, path) or with compress=("zlib", 3).';
/** PyTorch before 1.6 begins its files with a pickle of the number 0x1950a86a20f9469cfc6c. */
export const torchPickle = "80028a0a6cfc9c46f9206aa85019";

const saveAsModel = "Save the model with save_model, and pass that file.";
const keras = `${exportToOnnx("Keras", "tf2onnx")} ${deployCode}`;
const tensorflow = `${exportToOnnx("TensorFlow", "tf2onnx")} ${deployCode}`;
const pytorch = `${exportToOnnx("PyTorch", "torch.onnx.export")} ${deployCode}`;
const languageModel = `Language models are not supported. ${deployCode}`;

/** The first row that fits wins. Zip archives are told apart by their files (zip-content.ts). */
export const magics: readonly Magic[] = [
  { starts: "1f8b", format: "gzip", looksLike: "a gzip file" },
  { starts: "785e", format: "zlib", looksLike: "zlib data" },
  { starts: "7801", format: "zlib", looksLike: "zlib data" },
  { starts: "789c", format: "zlib", looksLike: "zlib data" },
  { starts: "78da", format: "zlib", looksLike: "zlib data" },
  { starts: "425a68", format: "bzip2", looksLike: "a bzip2 file" },
  { starts: "fd377a585a00", format: "xz", looksLike: "an xz file" },
  { starts: "5d0000", format: "lzma", looksLike: "an lzma file" },
  { starts: "04224d18", format: "lz4", looksLike: "an lz4 file" },
  { starts: "28b52ffd", looksLike: "a file compressed with zstd, which is not supported", hint: compressed },
  { starts: "5a463078", format: "zfile", looksLike: "a compressed file of joblib before 0.10" },
  { starts: "934e554d5059", looksLike: "a numpy array (.npy), which holds numbers and no model" },
  { starts: "89504e470d0a1a0a", looksLike: "a PNG picture" },
  { starts: "ffd8ff", looksLike: "a JPEG picture" },
  { starts: "25504446", looksLike: "a PDF document" },
  { starts: "504b0304", format: "zip", looksLike: "a ZIP archive" },
  { starts: "504b0506", looksLike: "an empty ZIP archive" },
  { starts: "894844460d0a1a0a", looksLike: "an HDF5 file, as Keras saves models", hint: keras },
  { starts: "50415231", looksLike: "a Parquet table" },
  { starts: "7f454c46", looksLike: "a Linux program" },
  { starts: "4d5a", looksLike: "a Windows program" },
  { starts: "53514c69746520666f726d61742033", looksLike: "an SQLite database" },
  { starts: "62696e66", format: "xgboost-binary", looksLike: "an XGBoost model in its binary format" },
  { starts: /^bs64\s/, format: "xgboost-binary", looksLike: "an XGBoost model in its binary format, as Base64" },
  { starts: /^svm_type\s/, format: "libsvm", looksLike: "a LIBSVM model" },
  {
    starts: /^SVM-light Version/,
    looksLike: "a model of SVM-light, whose format is another than LIBSVM's",
    hint: supportedFormats,
  },
  { starts: /^tree\r?\nversion=/, format: "lightgbm", looksLike: "a LightGBM model" },
  {
    starts: /^version https:\/\/git-lfs/,
    looksLike: "a Git LFS pointer, not the file",
    hint: "Fetch the file with `git lfs pull`.",
  },
  {
    starts: /^\s*(<!doctype html|<html)/i,
    looksLike: "an HTML page",
    hint: "Download the file itself, not the page that shows it.",
  },
  { starts: /<PMML/, looksLike: "a PMML model", hint: `PMML is not supported. ${supportedFormats}` },
  { starts: /^\s*<\?xml/, looksLike: "an XML document" },
  { starts: torchPickle, looksLike: "a PyTorch model of PyTorch before 1.6", hint: pytorch },
  { starts: "080112", looksLike: "a TensorFlow SavedModel (saved_model.pb)", hint: tensorflow },
  {
    starts: /^\n[\s\S]{2,80}?(Placeholder|VariableV2)/,
    looksLike: "a TensorFlow graph",
    hint: tensorflow,
  },
  { starts: /^[\s\S]{4}TFL3/, looksLike: "a TensorFlow Lite model", hint: tensorflow },
  { starts: "47475546", looksLike: "a GGUF file, a language model of llama.cpp", hint: languageModel },
  { starts: /^[\s\S]{5}\0{3}\{/, looksLike: "safetensors: the weights of a neural network", hint: languageModel },
  { starts: "ba164f2f", looksLike: "a fastText model", hint: `fastText models are not supported. ${deployCode}` },
  { starts: /^RD[AX][23]\n/, looksLike: "R objects (RData)", hint: `R models are not supported. ${supportedFormats}` },
  {
    starts: "580a000000",
    looksLike: "an R object (RDS)",
    hint: `R models are not supported. ${supportedFormats}`,
  },
  { starts: /^MATLAB 5\.0 MAT-file/, looksLike: "a MATLAB file", hint: supportedFormats },
  {
    starts: "aced0005",
    looksLike: "a Java object, as Weka saves models",
    hint: `Weka models are not supported. ${supportedFormats}`,
  },
  { starts: /^(ARROW1|FEA1)/, looksLike: "an Arrow table" },
  {
    starts: /^(artifact_path|flavors|run_id):/,
    looksLike: "an MLmodel file, which describes an MLflow model",
    hint: "Pass the directory that contains it.",
  },
  { starts: /^outs:\s*\n- md5:/, looksLike: "a DVC pointer, not the file", hint: "Fetch the file with `dvc pull`." },
  { starts: /^booster\[0\]:/, looksLike: "a dump of an XGBoost model", hint: saveAsModel },
  { starts: /^\s*\{\s*"name"\s*:\s*"tree"/, looksLike: "a dump of a LightGBM model in JSON", hint: saveAsModel },
  {
    starts: /^\s*\{[\s\S]{0,300}"(cells|nbformat)"\s*:/,
    looksLike: "a Jupyter notebook",
    hint: "Pass the model file that it saves.",
  },
  {
    starts: /^\s*\{\s*"class_name"\s*:/,
    looksLike: "the architecture of a Keras model, without its weights",
    hint: keras,
  },
  {
    starts: /^\s*\{[\s\S]{0,500}"(architectures|model_type|tokenizer_class)"\s*:/,
    looksLike: "the configuration of a Hugging Face model",
    hint: languageModel,
  },
  { starts: /^\d+ \d+\r?\n\S+ -?\d/, looksLike: "word vectors", hint: `Word vectors are not a model. ${deployCode}` },
  { starts: /^\s*\{\s*"(learner|version|Config)"/, format: "xgboost-json", looksLike: "an XGBoost model in JSON" },
  { starts: "43424d31", format: "catboost", looksLike: "a CatBoost model" },
  {
    starts: /^\s*\{\s*"(ctr_data|features_info|oblivious_trees|model_info)"\s*:/,
    format: "catboost-json",
    looksLike: "a CatBoost model in JSON",
  },
  // An object whose first name has a length of eight bytes.
  { starts: /^\{L\0{6}/, format: "xgboost-ubjson", looksLike: "an XGBoost model in UBJSON" },
  {
    starts: /^\s*\{\s*"meta"\s*:\s*\{\s*"test_sets"/,
    looksLike: "CatBoost's log of the training, not a model",
    hint: "Pass the model file: catboost_info has none.",
  },
  { starts: /^\s*[{[]/, looksLike: "JSON", isText: true },
  { starts: /^\s*(import |from \w+ import |def |class |#!)/, looksLike: "a program's source" },
  // A line with two or more commas, semicolons or tabs between short cells.
  {
    starts: /^[^\n\0]{0,200}?[,;\t][^\n\0]{0,200}?[,;\t][^\n\0]*\r?\n/,
    looksLike: "a table (CSV)",
    hint: "Train a model on it first: tepal train.",
    // Names of columns can contain commas.
    isText: true,
  },
];
