import { type FillRow, numberForRow, numbersForRow } from "../../methods.js";
import { NdArray } from "../../numpy/ndarray.js";
import type { Estimator, EstimatorClass } from "../estimator.js";
import { readMatrix } from "../fitted-matrix.js";
import { numberInputs } from "../inputs.js";
import type { State } from "../state.js";
import { readTargets, weighRows } from "../weighted-rows.js";
import { readKernel } from "./kernels.js";

export const gaussianProcessRegressorClass: EstimatorClass = {
  name: "GaussianProcessRegressor",
  module: "sklearn.gaussian_process",
  paths: ["sklearn.gaussian_process._gpr", "sklearn.gaussian_process.gpr"],
  read: readRegressor,
};

/** The mean of the posterior: the covariances of a row with the training rows, weighed by alpha_, on the targets' scale. */
function readRegressor(state: State): Estimator {
  const { rows, columns, data: fitted } = readMatrix(state, ["X_train_"]);
  const kernel = readKernel(state, state.get("kernel_"), columns);
  const targets = readTargets(state, "alpha_", rows);
  // Targets are divided by their deviation from 0.23 on; before, and by default, their mean alone may be taken away.
  const deviation = readScale(state, "_y_train_std", targets.count, 1);
  const mean = readScale(state, "_y_train_mean", targets.count, 0);
  const weigh = weighRows(targets, (data, start, row) => kernel.between(data, start, fitted, row * columns));
  const fill: FillRow = (data, start, out, outStart) => {
    weigh(data, start, out, outStart);
    for (let target = 0; target < targets.count; target++) {
      out[outStart + target] = deviation[target]! * out[outStart + target]! + mean[target]!;
    }
  };
  const one = new Float64Array(1);
  // A column of targets is answered as a column up to 1.0.
  const flat = targets.flat || (targets.count === 1 && state.since(1, 1));
  const predict = flat
    ? numberForRow((data, start) => {
        fill(data, start, one, 0);
        return one[0]!;
      })
    : numbersForRow(targets.count, fill);
  return {
    type: state.type,
    version: state.version,
    inputs: numberInputs(state, columns, false),
    keepsMissing: false,
    methods: new Map([["predict", predict]]),
    parameters: state.parameters("alpha", "normalize_y"),
  };
}

/** A number for each target, or one for all. */
function readScale(state: State, name: string, count: number, otherwise: number): Float64Array {
  const value = state.get(name);
  if (value === undefined) return new Float64Array(count).fill(otherwise);
  if (value instanceof NdArray && value.size > 1) return state.numbers([name], count);
  return new Float64Array(count).fill(state.number(name));
}
