// Projections: a dot product of the row with each component.

import type { FillRow } from "../core/methods.js";
import { dot } from "../math/vectors.js";
import type { Instance } from "../pickle/values.js";
import { isCsr, readCsr } from "../scipy/sparse.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { EstimatorDefinition } from "./estimator.js";
import { checkFinite, type FittedMatrix, readMatrix } from "./fitted-matrix.js";
import { rowTransformer } from "./row-transformer.js";

export function projection(
  attributes: EstimatorAttributes,
  { rows, columns }: Pick<FittedMatrix, "rows" | "columns">,
  fill: FillRow,
  ...parameters: readonly string[]
): EstimatorDefinition {
  return rowTransformer(attributes, columns, rows, fill, ...parameters);
}

/** A projection by `components_`, dense or sparse, without a mean. */
export function readProjection(attributes: EstimatorAttributes): EstimatorDefinition {
  const value = attributes.get("components_");
  if (isCsr(value)) return readSparse(attributes, value);
  const components = readMatrix(attributes, ["components_"]);
  return projection(attributes, components, (data, start, out, at) => project(components, data, start, out, at));
}

export function project(
  { rows, columns, data: weights }: FittedMatrix,
  data: Float64Array,
  start: number,
  out: Float64Array,
  at: number,
): void {
  for (let row = 0; row < rows; row++) out[at + row] = dot(data, start, weights, row * columns, columns);
}

/** A sparse matrix of weights: scipy adds its entries in their stored order. */
function readSparse(attributes: EstimatorAttributes, matrix: Instance): EstimatorDefinition {
  const { rows, columns, data: weights, indices, indptr } = readCsr(matrix, "any");
  checkFinite(attributes, ["components_"], weights);
  return projection(attributes, { rows, columns }, (data, start, out, at) => {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
        sum += data[start + indices[entry]!]! * weights[entry]!;
      }
      out[at + row] = sum;
    }
  });
}
