import type { ModelMethod } from "../../core/create-model.js";
import { type FillRow, numberForRow, numbersForRow } from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { NdArray } from "../../numpy/ndarray.js";
import { readTargets, weighRows } from "../metrics/index.js";
import { type Kernel, readKernel } from "./kernels.js";
import { solvedSquares } from "./triangular.js";

export const gaussianProcessRegressorClass: EstimatorClass = {
  name: "GaussianProcessRegressor",
  paths: ["sklearn.gaussian_process._gpr", "sklearn.gaussian_process.gpr"],
  read: readRegressor,
};

/**
 * The mean of the posterior: the covariances of a row with the training rows, weighted by alpha_, on the targets'
 * scale.
 */
function readRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const { rows, columns, data: fitted } = readMatrix(attributes, ["X_train_"]);
  const kernel = readKernel(attributes, attributes.get("kernel_"), columns);
  const targets = readTargets(attributes, "alpha_", rows);
  // Targets are divided by their deviation from 0.23 on; before, and by default, only their mean may be subtracted.
  const deviation = readScale(attributes, "_y_train_std", targets.count, 1);
  const mean = readScale(attributes, "_y_train_mean", targets.count, 0);
  const weigh = weighRows(targets, (data, start, row) => kernel.between(data, start, fitted, row * columns));
  const fill: FillRow = (data, start, out, outStart) => {
    weigh(data, start, out, outStart);
    for (let target = 0; target < targets.count; target++) {
      out[outStart + target] = deviation[target]! * out[outStart + target]! + mean[target]!;
    }
  };
  // A column of targets is predicted as a column up to 1.0.
  const width = targets.flat || (targets.count === 1 && attributes.since(1, 1)) ? undefined : targets.count;
  const standardDeviation = readDeviation(attributes, kernel, { rows, columns, data: fitted });
  const fillDeviation: FillRow = (data, start, out, outStart) => {
    const standard = standardDeviation(data, start);
    for (let target = 0; target < targets.count; target++) out[outStart + target] = standard * deviation[target]!;
  };
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map<MethodName, ModelMethod>([
      ["predict", rowMethod(fill, width)],
      ["predict_std", rowMethod(fillDeviation, width)],
    ]),
    parameters: attributes.parameters("alpha", "normalize_y"),
  };
}

/** A list of `width` numbers for each row, or one number. */
function rowMethod(fill: FillRow, width: number | undefined): ModelMethod {
  if (width !== undefined) return numbersForRow(width, fill);
  const one = new Float64Array(1);
  return numberForRow((data, start) => {
    fill(data, start, one, 0);
    return one[0]!;
  });
}

/** The posterior's standard deviation at a row, for targets of unit variance. */
function readDeviation(
  attributes: EstimatorAttributes,
  kernel: Kernel,
  { rows, columns, data: fitted }: FittedMatrix,
): (data: Float64Array, start: number) => number {
  const factor = readMatrix(attributes, ["L_"], { rows, columns: rows }).data;
  const covariances = new Float64Array(rows);
  return (data, start) => {
    for (let row = 0; row < rows; row++) covariances[row] = kernel.between(data, start, fitted, row * columns);
    // Rounding can leave less than nothing.
    return Math.sqrt(Math.max(kernel.itself(data, start) - solvedSquares(factor, rows, covariances), 0));
  };
}

/** A number for each target, or one for all. */
function readScale(attributes: EstimatorAttributes, name: string, count: number, otherwise: number): Float64Array {
  const value = attributes.get(name);
  if (value === undefined) return new Float64Array(count).fill(otherwise);
  if (value instanceof NdArray && value.size > 1) return attributes.numbers([name], count);
  return new Float64Array(count).fill(attributes.number(name));
}
