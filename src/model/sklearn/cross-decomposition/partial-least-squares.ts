// PLSRegression, PLSCanonical, CCA and PLSSVD.

import type { ModelMethod } from "../../core/create-model.js";
import { type FillRow, numberForRow, numbersForRow } from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";

const module = "sklearn.cross_decomposition";
const partialLeastSquares = [`${module}._pls`, `${module}.pls_`];

export const crossDecompositionClasses: readonly EstimatorClass[] = [
  { name: "PLSRegression", paths: partialLeastSquares, read: (attributes) => readPls(attributes, "x_rotations_") },
  { name: "PLSCanonical", paths: partialLeastSquares, read: (attributes) => readPls(attributes, "x_rotations_") },
  {
    name: "CCA",
    paths: [...partialLeastSquares, `${module}._cca`, `${module}.cca_`],
    read: (attributes) => readPls(attributes, "x_rotations_"),
  },
  { name: "PLSSVD", paths: partialLeastSquares, read: (attributes) => readPls(attributes, "x_weights_") },
];

/** A column's mean and, where it is needed, its divisor. */
interface Scaling {
  readonly mean: Float64Array;
  readonly divisor: Float64Array | undefined;
}

function readPls(attributes: EstimatorAttributes, axesName: string): EstimatorDefinition {
  const axes = readMatrix(attributes, [axesName]);
  const features = axes.rows;
  // 0.24 renamed the attributes.
  const mean = readVector(attributes, ["_x_mean", "x_mean_"], features);
  const divisor = readVector(attributes, ["_x_std", "x_std_"], features);
  const methods = new Map<MethodName, ModelMethod>();
  if (axesName === "x_rotations_") methods.set("predict", readPrediction(attributes, features, { mean, divisor }));
  methods.set("transform", numbersForRow(axes.columns, product({ mean, divisor }, axes.data, axes.columns)));
  return {
    inputs: numberInputs(attributes, features, false),
    methods,
    parameters: attributes.parameters("n_components", "scale"),
  };
}

/**
 * coef_ had a row for each column of the table before 1.1; 1.1 and 1.2 kept it as _coef_ with a row for each target,
 * which coef_ has had since. From 1.5 on it holds the scaling too.
 */
function readPrediction(attributes: EstimatorAttributes, features: number, scaling: Scaling): ModelMethod {
  const byTarget = attributes.since(1, 3) || attributes.get("_coef_") !== undefined;
  const coef = readMatrix(attributes, ["_coef_", "coef_"], byTarget ? { columns: features } : { rows: features });
  const targets = byTarget ? coef.rows : coef.columns;
  const weights = byTarget ? transposed(coef.data, targets, features) : coef.data;
  const intercepts = readVector(attributes, ["intercept_", "_y_mean", "y_mean_"], targets);
  const multiply = product(attributes.since(1, 5) ? { ...scaling, divisor: undefined } : scaling, weights, targets);
  const fill: FillRow = (data, start, out, outStart) => {
    multiply(data, start, out, outStart);
    for (let target = 0; target < targets; target++) {
      out[outStart + target] = out[outStart + target]! + intercepts[target]!;
    }
  };
  if (!attributes.flag("_predict_1d")) return numbersForRow(targets, fill);
  const one = new Float64Array(targets);
  return numberForRow((data, start) => {
    fill(data, start, one, 0);
    return one[0]!;
  });
}

/** The scaled row times a matrix of `width` columns. */
function product({ mean, divisor }: Scaling, matrix: Float64Array, width: number): FillRow {
  return (data, start, out, outStart) => {
    out.fill(0, outStart, outStart + width);
    for (let column = 0; column < mean.length; column++) {
      const centered = data[start + column]! - mean[column]!;
      const value = divisor ? centered / divisor[column]! : centered;
      for (let index = 0; index < width; index++) {
        out[outStart + index] = out[outStart + index]! + value * matrix[column * width + index]!;
      }
    }
  };
}

function transposed(data: Float64Array, rows: number, columns: number): Float64Array {
  return data.map((_, index) => data[(index % rows) * columns + Math.floor(index / rows)]!);
}
