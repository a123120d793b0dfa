// The raw values of a CatBoost model: the sums of its leaves.

import type { Feature, Table } from "../core/model.js";
import { type Row, readFeatures, rowReader } from "./columns.js";
import { broken, type ModelParts } from "./parts.js";
import { createSplits } from "./splits.js";
import { readTrees } from "./trees.js";

export interface Evaluator {
  /** Values for each row. */
  readonly dimension: number;
  readonly features: readonly Feature[];
  /** Whether the file records names of columns. */
  readonly named: boolean;
  readonly trees: number;
  /** The raw values of every row, one after the other. */
  rawValues(table: Table): Float64Array;
}

const dimensionMax = 10_000;

/** @throws ModelError "catboost-broken" unless all numbers of features, splits and leaves exist */
export function createEvaluator(parts: ModelParts): Evaluator {
  const { dimension, scale, bias } = parts;
  if (!(Number.isInteger(dimension) && dimension >= 1 && dimension <= dimensionMax))
    throw broken(`it has ${dimension} values for each row`);
  if (bias.length > 0 && bias.length !== dimension)
    throw broken(`it has ${bias.length} biases for ${dimension} values`);
  const splits = createSplits(parts);
  const addLeaves = readTrees(parts.trees, dimension, splits.count);
  return {
    dimension,
    ...readFeatures(parts),
    trees: parts.trees.sizes.length,
    rawValues(table) {
      const out = new Float64Array(table.rows * dimension);
      const holds = new Uint8Array(splits.count);
      const row: Row = {
        floats: new Float32Array(parts.floats.length),
        hashes: new Int32Array(parts.categories.length),
      };
      const readRow = rowReader(parts, table);
      for (let index = 0; index < table.rows; index++) {
        readRow(index, row);
        splits.fill(row, holds);
        const sums = out.subarray(index * dimension, (index + 1) * dimension);
        addLeaves(holds, sums);
        for (let value = 0; value < dimension; value++) sums[value] = sums[value]! * scale + (bias[value] ?? 0);
      }
      return out;
    },
  };
}
