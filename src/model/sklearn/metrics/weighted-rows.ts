// What kernel models share: the kernels of a row with all training rows, weighted.

import type { FillRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";

/** Weights of training rows for one target or several: row after row. */
interface Targets {
  readonly rows: number;
  readonly count: number;
  readonly weights: Float64Array;
  /** One-dimensional: then a prediction is a number, not a list of one. */
  readonly flat: boolean;
}

export function readTargets(attributes: EstimatorAttributes, name: string, rows: number): Targets {
  const array = attributes.array(name);
  const [found, count = 1] = array.shape;
  if (array.shape.length > 2 || found !== rows || count === 0) {
    throw attributes.inconsistent(`${name} has the shape (${array.shape.join(", ")}) for ${rows} training rows`);
  }
  return { rows, count, weights: array.toNumbers(), flat: array.shape.length === 1 };
}

/** The sum of kernel times weight over the training rows, in their order, for each target. */
export function weighRows(
  { rows, count, weights }: Targets,
  kernel: (data: Float64Array, start: number, row: number) => number,
): FillRow {
  return (data, start, out, outStart) => {
    out.fill(0, outStart, outStart + count);
    for (let row = 0; row < rows; row++) {
      const value = kernel(data, start, row);
      for (let target = 0; target < count; target++) {
        out[outStart + target] = out[outStart + target]! + value * weights[row * count + target]!;
      }
    }
  };
}
