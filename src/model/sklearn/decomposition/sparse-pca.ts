import type { ModelMethod } from "../../core/create-model.js";
import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { invert } from "../../math/linear-algebra.js";
import { dot } from "../../math/vectors.js";
import { decomposition } from "./factorizations.js";

const paths = ["sklearn.decomposition._sparse_pca", "sklearn.decomposition.sparse_pca"];

export const sparsePcaClasses: readonly EstimatorClass[] = [
  { name: "SparsePCA", paths, read: readSparsePca },
  { name: "MiniBatchSparsePCA", paths, read: readSparsePca },
];

/** Ridge regression of the components on the row less its mean. */
function readSparsePca(attributes: EstimatorAttributes): EstimatorDefinition {
  // Until 0.21 the default was not to center the rows, and each component was divided by its norm over all of them.
  const isOld = !attributes.since(0, 22) && !attributes.flag("normalize_components");
  const components = readMatrix(attributes, ["components_"]);
  const { rows, columns, data } = components;
  const mean = isOld ? new Float64Array(columns) : readVector(attributes, ["mean_"], columns);
  const ridge = attributes.number("ridge_alpha");
  const square = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      square[i * rows + j] = dot(data, i * columns, data, j * columns, columns) + (i === j ? ridge : 0);
    }
  }
  const inverse = invert(square, rows);
  if (!inverse) throw attributes.inconsistent("its components are not independent");
  const centered = new Float64Array(columns);
  const products = new Float64Array(rows);
  const transform = numbersForRow(rows, (row, start, out, at) => {
    for (let column = 0; column < columns; column++) centered[column] = row[start + column]! - mean[column]!;
    for (let i = 0; i < rows; i++) products[i] = dot(centered, 0, data, i * columns, columns);
    for (let i = 0; i < rows; i++) out[at + i] = dot(products, 0, inverse, i * rows, rows);
  });
  return decomposition(attributes, components, isOld ? dividedByNorms(transform, rows) : transform);
}

/** A result whose columns are divided by their length; a column of zeros stays. */
function dividedByNorms(transform: ModelMethod, width: number): ModelMethod {
  return {
    output: transform.output,
    run(table) {
      const { shape, data } = transform.run(table);
      const values = Float64Array.from(data, Number);
      for (let column = 0; column < width; column++) {
        let sum = 0;
        for (let at = column; at < values.length; at += width) sum += values[at]! * values[at]!;
        const norm = Math.sqrt(sum) || 1;
        for (let at = column; at < values.length; at += width) values[at] = values[at]! / norm;
      }
      return { shape, data: values };
    },
  };
}
