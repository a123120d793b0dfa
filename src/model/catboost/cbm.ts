// CatBoost's binary format: "CBM1", the length of the core, the core as FlatBuffers, and the tables of statistics.
// Field numbers are those of model.fbs, features.fbs and ctr_data.fbs.

import { Cursor } from "../../base/index.js";
import { printable } from "../pickle/text.js";
import { bucketIndex } from "./ctr-tables.js";
import { FlatTable } from "./flatbuffers.js";
import {
  broken,
  type Combination,
  type CtrFeature,
  type CtrTable,
  type CtrType,
  combinationKey,
  ctrTypes,
  type FloatFeature,
  featuresUnsupported,
  type ModelParts,
  type TreeParts,
  unsupported,
} from "./parts.js";

const magicBytes = 4;

/** The spelling is CatBoost's. */
const formatVersion = "FlabuffersModel_v1";

/** The part of the file that holds tables of statistics. */
const ctrPart = "static_provider_v1";

/** Sizes from this one on are written as 64 bits. No model that fits into memory has one. */
const longSize = 0xffffffff;

/** The fields of features that are not read; the last one has what is computed from both kinds. */
const unsupportedFeatures = [
  [12, "text"],
  [18, "embedding"],
  [13, "text"],
] as const;

/** Bytes of a count and of a sum. */
const numberBytes = 4;

/** @throws ModelError "catboost-broken", "estimator-unsupported"; BaseError "file-cut-short" */
export function readCbm(file: Uint8Array): ModelParts {
  const cursor = new Cursor(file, magicBytes);
  const core = FlatTable.root(readSized(cursor, "the model's core"), broken);
  const version = core.text(0);
  if (version !== formatVersion) throw unsupported(`the format "${printable(version, 40)}" is not supported`);
  const parts = core.texts(3);
  const model = core.table(1);
  for (const [field, kind] of unsupportedFeatures) {
    if (model.tables(field).length > 0) throw featuresUnsupported(kind);
  }
  const other = parts.find((part) => part !== ctrPart);
  if (other !== undefined) throw unsupported(`the part "${printable(other, 40)}" of a model is not supported`);
  const multiBias = model.doubles(16);
  const singleBias = model.double(15, 0);
  return {
    dimension: model.int(0, 0),
    floats: model.tables(5).map(readFloatFeature),
    categories: model.tables(4).map((feature) => ({
      index: feature.int(0, -1),
      column: feature.int(1, -1),
      name: feature.text(2),
    })),
    oneHots: model.tables(6).map((feature) => ({ category: feature.int(0, -1), hashes: feature.ints(1) })),
    ctrs: model.tables(7).map(readCtrFeature),
    ctrTables: parts.length > 0 ? readCtrTables(cursor) : new Map(),
    trees: readTrees(model),
    scale: model.double(14, 1),
    bias: multiBias.length === 0 && singleBias !== 0 ? [singleBias] : multiBias,
    info: new Map(core.tables(2).map((pair) => [pair.text(0), pair.text(1)])),
  };
}

function readSized(cursor: Cursor, what: string): Uint8Array {
  const size = cursor.uint32(`the size of ${what}`);
  if (size === longSize) throw broken(`${what} is larger than 4 GB`);
  return cursor.take(size, what);
}

function readFloatFeature(feature: FlatTable): FloatFeature {
  const treatment = feature.boolean(0, false) ? feature.byte(5) : 0;
  return {
    index: feature.int(1, -1),
    column: feature.int(2, -1),
    borders: feature.floats(3),
    name: feature.text(4),
    missing: [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY][treatment] ?? Number.NaN,
  };
}

function readCtrFeature(feature: FlatTable): CtrFeature {
  const ctr = feature.table(0);
  const base = readCtrBase(ctr.table(0));
  return {
    combination: base.combination,
    type: base.type,
    table: base.key,
    targetBorder: ctr.int(1, 0),
    priorNumerator: ctr.float(2, 0),
    priorDenominator: ctr.float(3, 1),
    shift: ctr.float(4, 0),
    scale: ctr.float(5, 1),
    borders: feature.floats(1),
  };
}

function readCtrBase(base: FlatTable): {
  readonly combination: Combination;
  readonly type: CtrType;
  readonly key: string;
} {
  const parts = base.table(0);
  const combination = {
    categories: parts.ints(0),
    floatSplits: parts.intFloatPairs(1),
    oneHotSplits: parts.intPairs(2),
  };
  const type = ctrTypes[base.byte(1)];
  if (!type) throw broken(`statistics of kind ${base.byte(1)}`);
  return { combination, type, key: combinationKey(combination, type, base.int(2, 0)) };
}

function readTrees(model: FlatTable): TreeParts {
  const steps = model.shortPairs(10);
  return {
    splits: model.ints(1),
    sizes: model.ints(2),
    leafValues: model.doubles(8),
    ...(steps.length > 0 && { nodes: { steps, leaves: Uint32Array.from(model.ints(11)) } }),
  };
}

function readCtrTables(cursor: Cursor): ReadonlyMap<string, CtrTable> {
  const count = cursor.uint32("the number of statistics");
  const tables = new Map<string, CtrTable>();
  for (let index = 0; index < count; index++) {
    const table = FlatTable.root(readSized(cursor, "statistics"), broken);
    const { type, key } = readCtrBase(table.table(0));
    const blob = table.bytes(2);
    const stride = strideOf(type, table.int(4, 0));
    const rows = Math.floor(blob.length / (numberBytes * stride));
    tables.set(key, {
      rowOf: bucketIndex(table.bytes(1), rows),
      values: readNumbers(blob, rows * stride, type === "BinarizedTargetMeanValue" || type === "FloatTargetMeanValue"),
      stride,
      denominator: table.int(3, 0),
    });
  }
  return tables;
}

function strideOf(type: CtrType, classes: number): number {
  if (type === "Counter" || type === "FeatureFreq") return 1;
  if (type === "BinarizedTargetMeanValue" || type === "FloatTargetMeanValue") return 2;
  if (classes < 2) throw broken(`statistics of ${classes} classes`);
  return classes;
}

/** @param areMeans whether every other number is a sum, which is a float */
function readNumbers(blob: Uint8Array, count: number, areMeans: boolean): Int32Array | Float64Array {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const numbers = areMeans ? new Float64Array(count) : new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const at = numberBytes * index;
    numbers[index] = areMeans && index % 2 === 0 ? view.getFloat32(at, true) : view.getInt32(at, true);
  }
  return numbers;
}
