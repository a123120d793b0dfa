// Recognizes a file's format from its first bytes: the supported formats, and others that are often passed by mistake.

import { Cursor } from "../../base/index.js";
import { looksLikeTar } from "../archive/tar.js";
import { type OpcodeName, opcodes } from "../pickle/opcodes.js";
import { readOps } from "../pickle/read-ops.js";
import { decodeLatin1, printable } from "../pickle/text.js";

import { type Detected, magics, torchPickle } from "./known-formats.js";

/** Bytes that are looked at. */
const headBytes = 600;

export function detectFormat(file: Uint8Array): Detected {
  if (file.length === 0) return { looksLike: "nothing: it is empty" };
  const head = file.subarray(0, headBytes);
  if (looksLikeTar(file)) return { format: "tar", looksLike: "a tar archive" };
  if (looksLikePickle(file) && !startsWithHex(head, torchPickle)) return { format: "pickle", looksLike: "a pickle" };
  if (looksLikeOnnx(file)) return { format: "onnx", looksLike: "an ONNX model" };
  if (looksLikeXgboostBinary(file))
    return { format: "xgboost-binary", looksLike: "an XGBoost model in its binary format" };
  const text = decodeLatin1(head);
  for (const magic of magics) {
    const fits = typeof magic.starts === "string" ? startsWithHex(head, magic.starts) : magic.starts.test(text);
    if (fits) return magic;
  }
  const isText = !/[^\t\n\r\x20-\x7e\x80-\xff]/.test(text);
  if (isText) return { isText: true, looksLike: `text that begins with ${JSON.stringify(printable(text, 30))}` };
  return { looksLike: `unknown data that begins with the bytes ${hexOf(head.subarray(0, 8))}` };
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

/** Bytes of the learner's parameters, with which XGBoost's binary format begins: after 32 in use, all are 0. */
const learnerBytes = { used: 32, total: 136 };

/** Characters of an objective's name: a limit of this check; XGBoost's longest names have about 20. */
const objectiveMax = 64;

/**
 * XGBoost's binary format before 1.1 has no magic: it begins with the learner's parameters and an objective's name. The
 * check is here, not beside its reader (xgboost/binary.ts), which is loaded only for such a file.
 */
function looksLikeXgboostBinary(file: Uint8Array): boolean {
  const { used, total } = learnerBytes;
  if (file.length < total + 8 + objectiveMax) return false;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = used; at < total; at += 4) if (view.getInt32(at, true) !== 0) return false;
  const length = view.getUint32(total, true);
  if (length > objectiveMax || view.getUint32(total + 4, true) !== 0) return false;
  return /^[a-z]+:[a-z_]+$/.test(decodeLatin1(file.subarray(total + 8, total + 8 + length)));
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
