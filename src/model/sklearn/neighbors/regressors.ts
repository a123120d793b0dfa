// KNeighborsRegressor and RadiusNeighborsRegressor: the mean of the neighbors' values.

import type { ModelMethod } from "../../core/create-model.js";
import { eachRow } from "../../core/matrix.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { type Find, findCount, findRadius, neighborEstimator, neighborsMethod, readWeights } from "./estimator.js";
import { type NeighborSearch, readNeighborSearch } from "./search.js";

const paths = ["sklearn.neighbors._regression", "sklearn.neighbors.regression"];

export const neighborRegressorClasses: readonly EstimatorClass[] = [
  { name: "KNeighborsRegressor", paths, read: readKRegressor },
  {
    name: "RadiusNeighborsRegressor",
    paths,
    read: (attributes) => readRegressor(attributes, readNeighborSearch(attributes), findRadius),
  },
];

function readKRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  const regressor = readRegressor(attributes, search, findCount);
  const neighbors = neighborsMethod(search, attributes.number("n_neighbors"));
  return { ...regressor, methods: new Map<MethodName, ModelMethod>([...regressor.methods, ["kneighbors", neighbors]]) };
}

function readRegressor(attributes: EstimatorAttributes, search: NeighborSearch, findBy: Find): EstimatorDefinition {
  const find = findBy(attributes, search);
  const weigh = readWeights(attributes);
  const targets = attributes.array("_y");
  const outputs = targets.shape.length === 1 ? 1 : (targets.shape[1] ?? 0);
  const values = attributes.numbers(["_y"], search.samples * outputs);
  const own = new Float64Array(search.samples);
  const predict: ModelMethod = {
    output: targets.shape.length === 1 ? { kind: "number" } : { kind: "number", columns: outputs },
    run(table) {
      const out = new Float64Array(table.rows * outputs);
      eachRow(table, (row, start, index) => {
        const found = find(row, start);
        const weights = weigh(found);
        for (let output = 0; output < outputs; output++) {
          for (let at = 0; at < found.count; at++) own[at] = values[found.indices[at]! * outputs + output]!;
          out[index * outputs + output] = mean(own, found.count, weights, outputs);
        }
      });
      return { shape: targets.shape.length === 1 ? [table.rows] : [table.rows, outputs], data: out };
    },
  };
  return neighborEstimator(attributes, search, new Map([["predict", predict]]));
}

/**
 * numpy's mean. It adds pairwise along the last axis alone: with several outputs the plain mean is in order. NaN
 * without neighbors.
 */
function mean(values: Float64Array, count: number, weights: Float64Array | undefined, outputs: number): number {
  if (count === 0) return Number.NaN;
  if (weights) {
    for (let at = 0; at < count; at++) values[at] = values[at]! * weights[at]!;
    return pairwiseSum(values, 0, count) / pairwiseSum(weights, 0, count);
  }
  if (outputs === 1) return pairwiseSum(values, 0, count) / count;
  let sum = 0;
  for (let at = 0; at < count; at++) sum += values[at]!;
  return sum / count;
}
