// XGBoost's binary format: save_model for names that do not end in .json or .ubj, and the boosters in pickles before
// 1.1. It holds C structures one after another (LearnerModelParamLegacy, GBTreeModelParam, TreeParam, Node of
// XGBoost's source, all little-endian). Here it becomes the document that the JSON format has.

import { Cursor } from "../../base/index.js";
import { ModelError } from "../errors.js";
import type { Json, JsonObject } from "../json/fields.js";
import { decodeLatin1, latin1Bytes } from "../pickle/text.js";

/** Bytes of structures, with the room that they reserve. */
const learnerBytes = 136;
const forestBytes = 160;
const treeBytes = 148;
const nodeBytes = 20;
const statisticsBytes = 16;
const linearBytes = 136;

/** "binf", since 1.1. */
const magic = "binf";

/** Before the same bytes in Base64, which Hadoop's text streams needed. */
const textMagic = "bs64";

/** JavaScript's strings have at most 2^29 characters. */
const textBytesMax = 1 << 28;

/** A booster in a pickle of 1.0: this, the offset of the configuration, the model, the configuration. */
const pickled = "CONFIG-offset:";

/** The document of a model in the binary format. @throws ModelError "xgboost-broken", BaseError "file-cut-short" */
export function readBinary(file: Uint8Array): Json {
  if (startsWith(file, textMagic)) return readBinary(fromText(file));
  const bytes = new Cursor(file);
  if (startsWith(file, pickled)) bytes.take(pickled.length + 8, "the header of a pickled booster");
  if (startsWith(file, magic)) bytes.take(magic.length, "the format's name");
  const learner = structure(bytes, learnerBytes, "the learner's parameters");
  const version = [20, 24].map((byte) => learner.getInt32(byte, true));
  const objective = readText(bytes, "the objective's name");
  const booster = readText(bytes, "the booster's name");
  return {
    // Before 1.0 these bytes are 0.
    version: version[0] === 0 ? [0] : [...version, 0],
    learner: {
      learner_model_param: {
        base_score: String(learner.getFloat32(0, true)),
        num_feature: learner.getUint32(4, true),
        num_class: learner.getInt32(8, true),
      },
      objective: { name: objective },
      gradient_booster: booster === "gblinear" ? readWeights(bytes) : readTrees(bytes, booster),
      ...(learner.getInt32(12, true) !== 0 && { attributes: readAttributes(bytes) }),
    },
  };
}

/** @throws ModelError "xgboost-broken", "model-too-large" */
function fromText(file: Uint8Array): Uint8Array {
  if (file.length > textBytesMax)
    throw new ModelError("model-too-large", `An XGBoost model of ${file.length} bytes; the maximum is ${textBytesMax}`);
  let bytes: Uint8Array;
  try {
    bytes = latin1Bytes(atob(decodeLatin1(file.subarray(textMagic.length))));
  } catch {
    throw broken(`what follows "${textMagic}" is not Base64`);
  }
  if (startsWith(bytes, textMagic)) throw broken(`"${textMagic}" is inside of itself`);
  return bytes;
}

function startsWith(file: Uint8Array, text: string): boolean {
  return [...text].every((character, index) => file[index] === character.charCodeAt(0));
}

function structure(bytes: Cursor, length: number, what: string): DataView {
  const view = bytes.take(length, what);
  return new DataView(view.buffer, view.byteOffset, view.byteLength);
}

/** A length of eight bytes; every item has one byte or more. */
function readCount(bytes: Cursor, what: string): number {
  const count = Number(bytes.uint64(what));
  if (count > bytes.remaining) throw broken(`${what}: ${count} items, of which the file has no room`);
  return count;
}

function readText(bytes: Cursor, what: string): string {
  return decodeLatin1(bytes.take(readCount(bytes, what), what));
}

function readFloats(bytes: Cursor, what: string): Float32Array {
  const count = readCount(bytes, what);
  return new Float32Array(bytes.take(4 * count, what).slice().buffer);
}

function readWeights(bytes: Cursor): JsonObject {
  bytes.take(linearBytes, "the linear booster's parameters");
  return { name: "gblinear", model: { weights: readFloats(bytes, "the weights") } };
}

function readTrees(bytes: Cursor, name: string): JsonObject {
  if (name !== "gbtree" && name !== "dart") throw broken("its booster is not gbtree, dart or gblinear");
  const parameters = structure(bytes, forestBytes, "the trees' parameters");
  const count = parameters.getInt32(0, true);
  if (count < 0 || count * treeBytes > bytes.remaining)
    throw broken(`it has ${count} trees, which do not fit in the file`);
  const trees = Array.from({ length: count }, () => readTree(bytes));
  const groups = new Int32Array(bytes.take(4 * count, "the trees' outputs").slice().buffer);
  const model = {
    gbtree_model_param: {},
    trees,
    tree_info: groups,
  };
  if (name === "gbtree") return { name, model };
  const weights = count === 0 ? new Float32Array() : readFloats(bytes, "the trees' weights");
  return { name, gbtree: { model }, weight_drop: weights };
}

function readTree(bytes: Cursor): JsonObject {
  const parameters = structure(bytes, treeBytes, "a tree's parameters");
  const [nodes, leafValues] = [parameters.getInt32(4, true), parameters.getInt32(20, true)];
  if (nodes < 0 || nodes * nodeBytes > bytes.remaining)
    throw broken(`a tree has ${nodes} nodes, which do not fit in the file`);
  if (leafValues > 1) throw broken("its leaves have several values");
  const view = structure(bytes, nodes * nodeBytes, "a tree's nodes");
  const statistics = structure(bytes, nodes * statisticsBytes, "a tree's statistics");
  const tree = {
    left_children: new Int32Array(nodes),
    right_children: new Int32Array(nodes),
    split_indices: new Int32Array(nodes),
    default_left: new Uint8Array(nodes),
    split_conditions: new Float32Array(nodes),
    loss_changes: new Float32Array(nodes),
    sum_hessian: new Float32Array(nodes),
  };
  for (let node = 0; node < nodes; node++) {
    const start = node * nodeBytes;
    const split = view.getUint32(start + 12, true);
    tree.left_children[node] = view.getInt32(start + 4, true);
    tree.right_children[node] = view.getInt32(start + 8, true);
    tree.split_indices[node] = split & 0x7fffffff;
    // The highest bit: a missing value goes left.
    tree.default_left[node] = split >>> 31;
    tree.split_conditions[node] = view.getFloat32(start + 16, true);
    tree.loss_changes[node] = statistics.getFloat32(node * statisticsBytes, true);
    tree.sum_hessian[node] = statistics.getFloat32(node * statisticsBytes + 4, true);
  }
  return tree;
}

/** Names and strings: early stopping's best round, and what the scikit-learn interface saves. */
function readAttributes(bytes: Cursor): JsonObject {
  const attributes: Record<string, Json> = Object.create(null);
  const count = readCount(bytes, "the attributes");
  for (let index = 0; index < count; index++) {
    const name = readText(bytes, "an attribute's name");
    attributes[name] = readText(bytes, "an attribute");
  }
  return attributes;
}

function broken(message: string): ModelError {
  return new ModelError("xgboost-broken", `XGBoost model: ${message}`);
}
