// Recognizes a file's format from its first bytes: the supported formats, and others that are often passed by mistake.

import { Cursor } from "../../base/index.js";
import { type OpcodeName, opcodes } from "../pickle/opcodes.js";
import { readOps } from "../pickle/read-ops.js";
import { decodeLatin1, printable } from "../pickle/text.js";

/** Formats with a reader. */
export type Format =
  | "pickle"
  | "libsvm"
  | "xgboost-json"
  | "xgboost-ubjson"
  | "lightgbm"
  | "catboost"
  | "catboost-json"
  | "onnx"
  | "zip"
  | Compression;
export type Compression = "gzip" | "zlib" | "bzip2" | "xz" | "lzma" | "lz4";

interface Detected {
  /** Absent: not read. */
  readonly format?: Format;
  /** What the file looks like, to end the sentence "The file looks like ...". */
  readonly looksLike: string;
  /** What its owner can do, where something better than a list of formats can be said. */
  readonly hint?: string;
}

interface Magic extends Detected {
  /** Bytes in hex, or the start of the text. */
  readonly starts: string | RegExp;
}

const compressed = 'Save it again with joblib.dump(model, path) or with compress=("zlib", 3).';
const toolkit =
  "Supported are scikit-learn models saved with pickle, joblib or skops, and models of XGBoost (JSON, UBJSON), LightGBM (text), CatBoost (.cbm, JSON), ONNX and LIBSVM.";

/** The first row that fits wins. */
const magics: readonly Magic[] = [
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
  {
    starts: "5a46",
    looksLike: "a file of joblib before 0.10, which is not supported",
    hint: "Load it with that joblib, and save it again.",
  },
  { starts: "934e554d5059", looksLike: "a numpy array (.npy), which holds numbers and no model" },
  { starts: "89504e470d0a1a0a", looksLike: "a PNG picture" },
  { starts: "ffd8ff", looksLike: "a JPEG picture" },
  { starts: "25504446", looksLike: "a PDF document" },
  { starts: "504b0304", format: "zip", looksLike: "a ZIP archive" },
  { starts: "504b0506", looksLike: "an empty ZIP archive" },
  { starts: "894844460d0a1a0a", looksLike: "an HDF5 file (Keras saves models so)", hint: toolkit },
  { starts: "50415231", looksLike: "a Parquet table" },
  { starts: "7f454c46", looksLike: "a Linux program" },
  { starts: "4d5a", looksLike: "a Windows program" },
  { starts: "53514c69746520666f726d61742033", looksLike: "an SQLite database" },
  {
    starts: "62696e66",
    looksLike: "an XGBoost model in its old binary format, which is not supported",
    hint: "Load it with XGBoost, and save it with save_model to a name that ends in .json.",
  },
  { starts: /^svm_type\s/, format: "libsvm", looksLike: "a LIBSVM model" },
  {
    starts: /^SVM-light Version/,
    looksLike: "a model of SVM-light, whose format is another than LIBSVM's",
    hint: toolkit,
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
  { starts: /^\s*<\?xml/, looksLike: "an XML document" },
  { starts: /^\s*\{\s*"(learner|version|Config)"/, format: "xgboost-json", looksLike: "an XGBoost model in JSON" },
  { starts: "43424d31", format: "catboost", looksLike: "a CatBoost model" },
  {
    starts: /^\s*\{\s*"(ctr_data|features_info|oblivious_trees|model_info)"\s*:/,
    format: "catboost-json",
    looksLike: "a CatBoost model in JSON",
  },
  // An object whose first name has a length of eight bytes.
  { starts: /^\{L\0{6}/, format: "xgboost-ubjson", looksLike: "an XGBoost model in UBJSON" },
  { starts: /^\s*[{[]/, looksLike: "JSON" },
  { starts: /^\s*(import |from \w+ import |def |class |#!)/, looksLike: "a program's source" },
  // A line with two or more commas, semicolons or tabs between short cells.
  {
    starts: /^[^\n\0]{0,200}?[,;\t][^\n\0]{0,200}?[,;\t][^\n\0]*\r?\n/,
    looksLike: "a table (CSV)",
    hint: "Train a model on it first: tepal train.",
  },
];

/** Bytes that are looked at. */
const headBytes = 600;

export function detectFormat(file: Uint8Array): Detected {
  if (file.length === 0) return { looksLike: "nothing: it is empty" };
  if (looksLikePickle(file)) return { format: "pickle", looksLike: "a pickle" };
  if (looksLikeOnnx(file)) return { format: "onnx", looksLike: "an ONNX model" };
  const head = file.subarray(0, headBytes);
  const text = decodeLatin1(head);
  for (const magic of magics) {
    const fits = typeof magic.starts === "string" ? startsWithHex(head, magic.starts) : magic.starts.test(text);
    if (fits) return magic;
  }
  const isText = !/[^\t\n\r\x20-\x7e\x80-\xff]/.test(text);
  const shown = isText
    ? `text that begins with ${JSON.stringify(printable(text, 30))}`
    : `unknown data that begins with the bytes ${hexOf(head.subarray(0, 8))}`;
  return { looksLike: shown };
}

/**
 * From protocol 2 on a pickle begins with PROTO. Before, it begins with the opcode of its outermost object, and ends
 * with STOP.
 */
function looksLikePickle(file: Uint8Array): boolean {
  if (file[0] === 0x80) return file.length >= 2 && file[1]! <= 5;
  if (file.at(-1) !== opcodeOfStop) return false;
  return oldStarts.test(decodeLatin1(file.subarray(0, headBytes))) || callsGlobal(file);
}

/** Instructions that are looked at for the first name of a global. */
const instructionsMax = 100;

/** A mark, arguments, and the function or class that is called with them: not what pickle writes, but what it loads. */
function callsGlobal(file: Uint8Array): boolean {
  if (file[0] !== opcodeOfMark) return false;
  try {
    let count = 0;
    for (const { opcode } of readOps(new Cursor(file))) {
      if (["INST", "GLOBAL"].includes(opcode.name)) return true;
      if (++count === instructionsMax) return false;
    }
  } catch {
    // Not opcodes: text that begins with a parenthesis.
  }
  return false;
}

/**
 * Protocol buffers: the field of the format's version, then that of producer, its version, domain, model version, graph
 * or operators.
 */
function looksLikeOnnx([first, version, field]: Uint8Array): boolean {
  return first === 0x08 && version! >= 3 && version! <= 32 && [0x12, 0x1a, 0x22, 0x28, 0x3a, 0x42].includes(field!);
}

const codeOf = (opcode: OpcodeName) => [...opcodes].find(([, { name }]) => name === opcode)![0];
const opcodeOfStop = codeOf("STOP");
const opcodeOfMark = codeOf("MARK");

/**
 * An object by its class's name, a container after a mark, an empty container: what protocols 0 and 1 begin a saved
 * object with.
 */
const oldStarts = /^(c[\w.]+\n[\w.]+\n|\((?:[ldt]p?\d*\n?|i[\w.]+\n|c[\w.]+\n)|[\]})]q?)/;

function startsWithHex(head: Uint8Array, hex: string): boolean {
  return hexOf(head.subarray(0, hex.length / 2)).replaceAll(" ", "") === hex;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
