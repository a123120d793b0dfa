// Normalizer, Binarizer, KernelCenterer: they learn nothing, or little, in training.

import { matrixOf } from "../../core/matrix.js";
import { numbersForRow } from "../../core/methods.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { anyInputs, type Inputs, numberInputs } from "../../estimator/inputs.js";
import { type Norm, normalizeRows, readNorm } from "../../estimator/norms.js";
import { transformTo } from "../../estimator/tables.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { type SumOfSquares, sumOfSquares, sumOfSquaresBackwards } from "../../numpy/sum-of-squares.js";

const paths = ["sklearn.preprocessing._data", "sklearn.preprocessing.data"];

export const normalizerClasses: readonly EstimatorClass[] = [
  { name: "Normalizer", paths, read: readNormalizer },
  { name: "Binarizer", paths, read: readBinarizer },
  { name: "KernelCenterer", paths, read: readKernelCenterer },
];

function readNormalizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const norm = readNorm(attributes);
  if (!norm) throw attributes.expected("l1, l2 or max", ["norm"], undefined);
  const inputs = readInputs(attributes);
  // Until 0.22 the largest value was taken without its absolute.
  const denseNorm: DenseNorm = norm === "max" && !attributes.since(0, 23) ? "signed max" : norm;
  const squares: SumOfSquares = attributes.since(1, 0) ? sumOfSquares : sumOfSquaresBackwards;
  const transform = (table: Table): Table => {
    if (table.kind === "sparse") return normalizeRows(table, norm);
    const { rows, columns, data } = matrixOf(table);
    const out = new Float64Array(data.length);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      const length = lengthOf(data, start, columns, denseNorm, squares) || 1;
      for (let index = start; index < start + columns; index++) out[index] = data[index]! / length;
    }
    return { kind: "matrix", rows, columns, data: out };
  };
  return {
    inputs,
    methods: new Map([["transform", transformTo(inputs.count, transform)]]),
    parameters: attributes.parameters("norm"),
  };
}

type DenseNorm = Norm | "signed max";

/** A dense row's norm, each with the order of numpy's own sums. */
function lengthOf(data: Float64Array, start: number, length: number, norm: DenseNorm, squares: SumOfSquares): number {
  if (norm === "l2") return Math.sqrt(squares(data, start, length));
  const row = data.slice(start, start + length);
  if (norm === "l1") return pairwiseSum(row.map(Math.abs), 0, length);
  return row.reduce(
    (most, value) => Math.max(most, norm === "max" ? Math.abs(value) : value),
    Number.NEGATIVE_INFINITY,
  );
}

function readBinarizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const threshold = attributes.number("threshold");
  const inputs = readInputs(attributes);
  const transform = (table: Table): Table => {
    // A threshold below zero would set every entry that a sparse table omits: scikit-learn rejects that as well.
    if (table.kind === "sparse" && threshold >= 0)
      return { ...table, data: table.data.map((value) => (value > threshold ? 1 : 0)) };
    const matrix = matrixOf(table);
    return { ...matrix, kind: "matrix", data: matrix.data.map((value) => (value > threshold ? 1 : 0)) };
  };
  return {
    inputs,
    methods: new Map([["transform", transformTo(inputs.count, transform)]]),
    parameters: attributes.parameters("threshold"),
  };
}

/** Up to 0.23 these record no width. */
function readInputs(attributes: EstimatorAttributes): Inputs {
  if (attributes.get("n_features_in_") !== undefined)
    return numberInputs(attributes, attributes.number("n_features_in_"), false);
  return anyInputs(false);
}

/** Centers a kernel matrix as if the features behind it were centered. */
function readKernelCenterer(attributes: EstimatorAttributes): EstimatorDefinition {
  const rowMeans = attributes.numbers(["K_fit_rows_"]);
  const mean = attributes.number("K_fit_all_");
  const count = rowMeans.length;
  const transform = numbersForRow(count, (data, start, out, outStart) => {
    const rowMean = pairwiseSum(data, start, count) / count;
    for (let column = 0; column < count; column++) {
      out[outStart + column] = data[start + column]! - rowMeans[column]! - rowMean + mean;
    }
  });
  return {
    inputs: numberInputs(attributes, count, false),
    methods: new Map([["transform", transform]]),
    parameters: {},
  };
}
