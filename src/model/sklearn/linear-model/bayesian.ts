// BayesianRidge and ARDRegression: linear regressors that also know how certain they are.

import type { ModelMethod } from "../../core/create-model.js";
import { numberForRow } from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { readLinearRegressor } from "../../estimator/linear-models.js";
import { rowTimesMatrix } from "../../math/vectors.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";

const paths = ["sklearn.linear_model._bayes", "sklearn.linear_model.bayes"];

export const bayesianClasses: readonly EstimatorClass[] = [
  { name: "BayesianRidge", paths, read: (attributes) => readBayesian(attributes, () => true, "alpha_", "lambda_") },
  { name: "ARDRegression", paths, read: (attributes) => readBayesian(attributes, relevance(attributes), "alpha_") },
];

/** ARDRegression keeps the covariances of the columns that it did not prune. */
function relevance(attributes: EstimatorAttributes): (column: number) => boolean {
  const precisions = attributes.numbers(["lambda_"]);
  const threshold = attributes.number("threshold_lambda");
  return (column) => precisions[column]! < threshold;
}

function readBayesian(
  attributes: EstimatorAttributes,
  isUsed: (column: number) => boolean,
  ...parameters: readonly string[]
): EstimatorDefinition {
  const regressor = readLinearRegressor(attributes, parameters);
  const count = regressor.inputs.count;
  // Recorded from 0.19 on.
  if (typeof count !== "number" || attributes.get("sigma_") === undefined) return regressor;
  const used = Array.from({ length: count }, (_, column) => column).filter(isUsed);
  if (used.length === 0) return regressor;
  const { data: covariances } = readMatrix(attributes, ["sigma_"], { rows: used.length, columns: used.length });
  const noise = 1 / attributes.number("alpha_");
  const { offsets, scales } = readShift(attributes, count);
  const values = new Float64Array(used.length);
  const products = new Float64Array(used.length);
  const deviation = numberForRow((row, start) => {
    for (const [index, column] of used.entries()) {
      values[index] = (row[start + column]! - offsets[column]!) / scales[column]!;
    }
    rowTimesMatrix(values, 0, covariances, used.length, products, 0);
    for (let index = 0; index < used.length; index++) products[index] = products[index]! * values[index]!;
    return Math.sqrt(pairwiseSum(products, 0, used.length) + noise);
  });
  return {
    ...regressor,
    methods: new Map<MethodName, ModelMethod>([...regressor.methods, ["predict_std", deviation]]),
  };
}

/** What is subtracted from the columns, and what they are divided by: nothing unless `normalize` (until 1.1). */
function readShift(attributes: EstimatorAttributes, count: number) {
  const zeros = new Float64Array(count);
  const ones = zeros.map(() => 1);
  if (attributes.since(1, 9)) return { offsets: readVector(attributes, ["X_offset_"], count), scales: ones };
  // 1.0 and 1.1 resolve the deprecated parameter into the private attribute.
  if (!attributes.flag("_normalize", "normalize")) return { offsets: zeros, scales: ones };
  return {
    offsets: readVector(attributes, ["X_offset_"], count),
    scales: readVector(attributes, ["X_scale_"], count),
  };
}
