// sklearn.metrics.pairwise: Euclidean distances of a row to fixed points.

import type { FittedMatrix } from "../../estimator/fitted-matrix.js";
import { dot, squaredNorms } from "../../math/vectors.js";

/** Points with their squared lengths. */
export interface Centres extends FittedMatrix {
  readonly squared: Float64Array;
}

export function centresOf(matrix: FittedMatrix): Centres {
  return { ...matrix, squared: squaredNorms(matrix.data, matrix.rows, matrix.columns) };
}

/** The nearest centre by |c|^2 - 2 x.c: the row's own length is the same for all. */
export function nearest(
  { rows, columns, data, squared }: Centres,
  row: Float64Array,
  start: number,
  from = 0,
  to = rows,
): number {
  let best = from;
  let smallest = Number.POSITIVE_INFINITY;
  for (let centre = from; centre < to; centre++) {
    const distance = squared[centre]! - 2 * dot(row, start, data, centre * columns, columns);
    if (distance < smallest) {
      smallest = distance;
      best = centre;
    }
  }
  return best;
}

/** sklearn.metrics.pairwise.euclidean_distances: by -2 x.c + |x|^2 + |c|^2, which cancellation can make negative. */
export function distancesTo(
  { rows, columns, data, squared }: Centres,
  row: Float64Array,
  start: number,
  out: Float64Array,
  outStart: number,
): void {
  const own = dot(row, start, row, start, columns);
  for (let centre = 0; centre < rows; centre++) {
    const distance = -2 * dot(row, start, data, centre * columns, columns) + own + squared[centre]!;
    out[outStart + centre] = Math.sqrt(Math.max(distance, 0));
  }
}
