// sklearn.metrics.pairwise: Euclidean distances of a row to fixed points.

import type { FittedMatrix } from "../../estimator/fitted-matrix.js";
import { dot, squaredNorms } from "../../math/vectors.js";

/** Points with their squared lengths. */
export interface Centers extends FittedMatrix {
  readonly squared: Float64Array;
}

export function centersOf(matrix: FittedMatrix): Centers {
  return { ...matrix, squared: squaredNorms(matrix.data, matrix.rows, matrix.columns) };
}

/** The nearest center by |c|^2 - 2 x.c: the row's own length is the same for all. */
export function nearest(
  { rows, columns, data, squared }: Centers,
  row: Float64Array,
  start: number,
  from = 0,
  to = rows,
): number {
  let best = from;
  let smallest = Number.POSITIVE_INFINITY;
  for (let center = from; center < to; center++) {
    const distance = squared[center]! - 2 * dot(row, start, data, center * columns, columns);
    if (distance < smallest) {
      smallest = distance;
      best = center;
    }
  }
  return best;
}

/** sklearn.metrics.pairwise.euclidean_distances: by -2 x.c + |x|^2 + |c|^2, which cancellation can make negative. */
export function distancesTo(
  { rows, columns, data, squared }: Centers,
  row: Float64Array,
  start: number,
  out: Float64Array,
  outStart: number,
): void {
  const own = dot(row, start, row, start, columns);
  for (let center = 0; center < rows; center++) {
    const distance = -2 * dot(row, start, data, center * columns, columns) + own + squared[center]!;
    out[outStart + center] = Math.sqrt(Math.max(distance, 0));
  }
}
