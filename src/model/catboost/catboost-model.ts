// A CatBoost model from either of its formats.

import type { Table } from "../core/model.js";
import { readCbm } from "./cbm.js";
import { createEvaluator, type Evaluator } from "./evaluator.js";
import { readJson } from "./json.js";
import { type ModelInfo, readModelInfo } from "./model-info.js";
import type { ModelParts } from "./parts.js";

export interface CatboostModel extends Omit<ModelInfo, "classOfValue">, Omit<Evaluator, "dimension" | "rawValues"> {
  /** Raw values for each row: where there are several classes, one for each, also for those without training rows. */
  readonly width: number;
  /** The raw values of every row, one after the other. */
  rawValues(table: Table): Float64Array;
}

/** "CBM1" */
const magic = [0x43, 0x42, 0x4d, 0x31];

/** @throws ModelError "catboost-broken", "estimator-unsupported", "model-too-large" */
export function readCatboostModel(file: Uint8Array): CatboostModel {
  return createCatboostModel(magic.every((byte, index) => file[index] === byte) ? readCbm(file) : readJson(file));
}

function createCatboostModel(parts: ModelParts): CatboostModel {
  const { dimension, rawValues, ...evaluator } = createEvaluator(parts);
  const { classOfValue, ...info } = readModelInfo(parts.info, dimension);
  const width = dimension === 1 ? 1 : Math.max(dimension, info.classes?.length ?? 0);
  return {
    ...evaluator,
    ...info,
    width,
    rawValues: dimension === 1 ? rawValues : (table) => byClass(rawValues(table), classOfValue, width),
  };
}

/** Classes that were not in the training data have minus infinity. */
function byClass(values: Float64Array, classOfValue: readonly number[], width: number): Float64Array {
  const dimension = classOfValue.length;
  const out = new Float64Array((values.length / dimension) * width).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < values.length; index++) {
    const row = Math.floor(index / dimension);
    out[row * width + classOfValue[index % dimension]!] = values[index]!;
  }
  return out;
}
