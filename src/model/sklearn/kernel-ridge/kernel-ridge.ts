import { numberForRow, numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { readPairwiseKernel, readTargets, weighRows } from "../metrics/index.js";

export const kernelRidgeClass: EstimatorClass = {
  name: "KernelRidge",
  paths: ["sklearn.kernel_ridge"],
  read: readKernelRidge,
};

/** The kernel of a row with every training row, weighted by dual_coef_. */
function readKernelRidge(attributes: EstimatorAttributes): EstimatorDefinition {
  const { rows, columns, data: fitted } = readMatrix(attributes, ["X_fit_"]);
  const kernel = readPairwiseKernel(attributes, attributes.text("kernel"), columns);
  const targets = readTargets(attributes, "dual_coef_", rows);
  const fill = weighRows(targets, (data, start, row) => kernel(data, start, fitted, row * columns));
  const one = new Float64Array(1);
  const predict = targets.flat
    ? numberForRow((data, start) => {
        fill(data, start, one, 0);
        return one[0]!;
      })
    : numbersForRow(targets.count, fill);
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["predict", predict]]),
    parameters: attributes.parameters("kernel", "alpha", "gamma", "degree", "coef0"),
  };
}
