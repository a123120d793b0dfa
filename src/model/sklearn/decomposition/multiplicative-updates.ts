// NMF(solver="mu") and MiniBatchNMF: coordinates that are multiplied until they change little. They end for all rows of
// the table together, so rows are not independent.

import type { Matrix } from "../../core/matrix.js";
import type { FittedMatrix } from "../../estimator/fitted-matrix.js";
import { log } from "../../math/log.js";
import { pow } from "../../math/pow.js";
import { dot, rowTimesMatrix } from "../../math/vectors.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";

/** float32's epsilon, which scikit-learn takes for both precisions: keeps products above zero. */
const epsilon = 2 ** -23;

export interface MultiplicativeUpdates {
  readonly components: FittedMatrix;
  /** 2: Frobenius, 1: Kullback-Leibler, 0: Itakura-Saito. */
  readonly beta: number;
  readonly rounds: number;
  readonly tolerance: number;
  readonly l1: number;
  readonly l2: number;
  /** When to stop: by the change of the coordinates (MiniBatchNMF), or by the error after every tenth round (NMF). */
  readonly stop: "change" | "error";
}

/** The coordinates of the rows, row after row. */
export function solveByUpdates(model: MultiplicativeUpdates, matrix: Matrix): Float64Array {
  const { components, beta, rounds, tolerance, stop } = model;
  const { rows, columns, data } = matrix;
  const width = components.rows;
  const start = Math.sqrt(pairwiseSum(data, 0, rows * columns) / (rows * columns) / width);
  const out = new Float64Array(rows * width).fill(start);
  const update = updater(model, matrix);
  const errorOf = () => Math.sqrt(2 * divergence(data, product(out, components, rows), beta));
  const first = stop === "error" ? errorOf() : 0;
  let last = first;
  for (let round = 1; round <= rounds; round++) {
    const before = stop === "change" ? out.slice() : out;
    update(out);
    if (!(tolerance > 0)) continue;
    if (stop === "change") {
      const change = norm(out.map((value, index) => value - before[index]!)) / norm(out);
      if (change <= tolerance) break;
    } else if (round % 10 === 0) {
      const error = errorOf();
      if ((last - error) / first < tolerance) break;
      last = error;
    }
  }
  return out;
}

/** sklearn.decomposition._nmf._multiplicative_update_w: one round, in place. */
function updater(
  { components, beta, l1, l2, stop }: MultiplicativeUpdates,
  { rows, columns, data }: Matrix,
): (out: Float64Array) => void {
  const { rows: width, data: weights } = components;
  const gamma = beta < 1 ? 1 / (2 - beta) : beta > 2 ? 1 / (beta - 1) : 1;
  const square = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) square[i * width + j] = dot(weights, i * columns, weights, j * columns, columns);
  }
  const sums = Float64Array.from({ length: width }, (_, i) => pairwiseSum(weights, i * columns, columns));
  const above = new Float64Array(columns);
  const below = new Float64Array(columns);
  const denominators = new Float64Array(width);
  return (out) => {
    for (let row = 0; row < rows; row++) {
      const at = row * width;
      if (beta === 2) {
        above.set(data.subarray(row * columns, (row + 1) * columns));
        rowTimesMatrix(out, at, square, width, denominators, 0);
      } else {
        rowTimesMatrix(out, at, weights, columns, above, 0);
        for (let column = 0; column < columns; column++) {
          const fitted = above[column]!;
          below[column] = pow(beta < 1 ? Math.max(fitted, epsilon) : fitted, beta - 1);
          above[column] = ratio(data[row * columns + column]!, beta < 2 ? Math.max(fitted, epsilon) : fitted, beta);
        }
        for (let i = 0; i < width; i++) {
          denominators[i] = beta === 1 ? sums[i]! : dot(below, 0, weights, i * columns, columns);
        }
      }
      for (let i = 0; i < width; i++) {
        const value = out[at + i]!;
        const denominator = denominators[i]! + l1 + l2 * value || epsilon;
        const factor = dot(above, 0, weights, i * columns, columns) / denominator;
        const next = value * (gamma === 1 ? factor : pow(factor, gamma));
        // NMF alone cuts what becomes this small; MiniBatchNMF does so only in training.
        denominators[i] = beta < 1 && stop === "error" && next < 2 ** -52 ? 0 : next;
      }
      out.set(denominators, at);
    }
  };
}

/** x * fitted^(beta - 2), with scikit-learn's shortcuts. */
function ratio(x: number, fitted: number, beta: number): number {
  if (beta === 1) return x / fitted;
  if (beta === 0) return (1 / fitted) ** 2 * x;
  return pow(fitted, beta - 2) * x;
}

function product(coordinates: Float64Array, { rows: width, columns, data }: FittedMatrix, rows: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += coordinates[row * width + i]! * data[i * columns + column]!;
      out[row * columns + column] = sum;
    }
  }
  return out;
}

/** sklearn.decomposition._nmf._beta_divergence of all numbers: zeros of the data count only in the sums of `fitted`. */
function divergence(data: Float64Array, fitted: Float64Array, beta: number): number {
  if (beta === 2) return norm(data.map((value, index) => value - fitted[index]!)) ** 2 / 2;
  let sum = beta === 0 ? -data.length : 0;
  for (let index = 0; index < data.length; index++) {
    const x = data[index]!;
    const y = Math.max(fitted[index]!, epsilon);
    if (beta === 1) sum += fitted[index]!;
    else if (beta !== 0) sum += pow(fitted[index]!, beta) / beta;
    if (!(x > epsilon)) continue;
    if (beta === 1) sum += x * log(x / y) - x;
    else if (beta === 0) sum += x / y - log(x / y);
    else sum += (pow(x, beta) - beta * x * pow(y, beta - 1)) / (beta * (beta - 1));
  }
  // Rounding can make it negative.
  return Math.max(sum, 0);
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, 0, values, 0, values.length));
}
