// How far a row is from each component of a mixture, by the components' covariances.

import type { FillRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { FittedMatrix } from "../../estimator/fitted-matrix.js";
import { log } from "../../math/log.js";
import { dot } from "../../math/vectors.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";

/** The covariances of a mixture's components. */
export interface Covariance {
  /** The logarithm of the determinant of each component's Cholesky factor of the precision matrix. */
  readonly logDeterminants: Float64Array;
  /** Squared Mahalanobis distances of a row to the components. */
  readonly fillDistances: FillRow;
}

export function readCovariance(attributes: EstimatorAttributes, means: FittedMatrix): Covariance {
  const type = attributes.text("covariance_type");
  const { rows, columns } = means;
  switch (type) {
    case "full":
      return factored(means, attributes.numbers(["precisions_cholesky_"], rows * columns * columns), columns * columns);
    case "tied":
      return factored(means, attributes.numbers(["precisions_cholesky_"], columns * columns), 0);
    case "diag":
      return diagonal(means, attributes.numbers(["precisions_cholesky_"], rows * columns));
    case "spherical":
      return spherical(means, attributes.numbers(["precisions_cholesky_"], rows));
    default:
      throw attributes.inconsistent(`covariance_type is "${type}"`);
  }
}

/** `stride`: from one component's factor to the next; 0 where all share one. */
function factored({ rows, columns, data: means }: FittedMatrix, factors: Float64Array, stride: number): Covariance {
  const projected = new Float64Array(rows * columns);
  for (let component = 0; component < rows; component++) {
    for (let axis = 0; axis < columns; axis++) {
      projected[component * columns + axis] = alongAxis(
        means,
        component * columns,
        factors,
        component * stride,
        columns,
        axis,
      );
    }
  }
  const squares = new Float64Array(columns);
  return {
    logDeterminants: Float64Array.from({ length: rows }, (_, component) => {
      const logs = Float64Array.from({ length: columns }, (_, axis) =>
        log(factors[component * stride + axis * (columns + 1)]!),
      );
      return pairwiseSum(logs, 0, columns);
    }),
    fillDistances(data, start, out, outStart) {
      for (let component = 0; component < rows; component++) {
        for (let axis = 0; axis < columns; axis++) {
          const along =
            alongAxis(data, start, factors, component * stride, columns, axis) - projected[component * columns + axis]!;
          squares[axis] = along * along;
        }
        out[outStart + component] = pairwiseSum(squares, 0, columns);
      }
    },
  };
}

/** One entry of the product of a row and a square matrix. */
function alongAxis(
  data: Float64Array,
  start: number,
  factor: Float64Array,
  factorStart: number,
  size: number,
  axis: number,
): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += data[start + index]! * factor[factorStart + index * size + axis]!;
  return sum;
}

function diagonal({ rows, columns, data: means }: FittedMatrix, factors: Float64Array): Covariance {
  const precisions = factors.map((factor) => factor * factor);
  const weighted = means.map((mean, index) => mean * precisions[index]!);
  const ofMeans = means.map((mean, index) => mean * mean * precisions[index]!);
  const squares = new Float64Array(columns);
  return {
    logDeterminants: Float64Array.from({ length: rows }, (_, component) =>
      pairwiseSum(factors.slice(component * columns, (component + 1) * columns).map(log), 0, columns),
    ),
    fillDistances(data, start, out, outStart) {
      for (let column = 0; column < columns; column++) squares[column] = data[start + column]! * data[start + column]!;
      for (let component = 0; component < rows; component++) {
        const from = component * columns;
        out[outStart + component] =
          pairwiseSum(ofMeans, from, columns) -
          2 * dot(data, start, weighted, from, columns) +
          dot(squares, 0, precisions, from, columns);
      }
    },
  };
}

function spherical({ rows, columns, data: means }: FittedMatrix, factors: Float64Array): Covariance {
  const precisions = factors.map((factor) => factor * factor);
  const squares = means.map((mean) => mean * mean);
  const ofMeans = precisions.map(
    (precision, component) => pairwiseSum(squares, component * columns, columns) * precision,
  );
  return {
    logDeterminants: factors.map((factor) => columns * log(factor)),
    fillDistances(data, start, out, outStart) {
      const norm = dot(data, start, data, start, columns);
      for (let component = 0; component < rows; component++) {
        const product = dot(data, start, means, component * columns, columns) * precisions[component]!;
        out[outStart + component] = ofMeans[component]! - 2 * product + norm * precisions[component]!;
      }
    },
  };
}
