// Packs trees of histogram gradient boosting. They compare float64, and packed forests compare float32; but a model
// compares each column with few numbers, so a value can be replaced by how many of them are below it, which is a small
// integer.

import type { Matrix } from "../../core/matrix.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { addLeaves, type Branches, type Float32Rows, packForest } from "../tree/index.js";
import type { HistTrees } from "./hist-trees.js";

/**
 * Adds each tree's value for each row to `out`, in the order of the trees. Row r begins at r * stride; tree t adds to
 * column t % stride.
 */
export type AddValues = (matrix: Matrix, out: Float64Array, stride: number) => void;

/** For trees without splits by category. */
export function packHistTrees(trees: HistTrees, features: number, attributes: EstimatorAttributes): AddValues {
  const asked = thresholdsOf(trees, features);
  const { roots, feature, left, right, missingLeft, value } = trees;
  const ranks = Float64Array.from(trees.threshold, (threshold, node) =>
    feature[node]! < 0 ? 0 : countBelow(asked[feature[node]!]!, threshold),
  );
  function* branches(): Iterable<{ readonly tree: Branches & { readonly value: Float64Array } }> {
    for (const [index, start] of roots.entries()) {
      const end = roots[index + 1] ?? feature.length;
      yield {
        tree: {
          feature: feature.subarray(start, end),
          threshold: ranks.subarray(start, end),
          left: left.subarray(start, end),
          right: right.subarray(start, end),
          missingLeft: missingLeft.subarray(start, end),
          value: value.subarray(start, end),
        },
      };
    }
  }
  const size = { trees: roots.length, nodes: feature.length, width: 1 };
  const forest = packForest(attributes, branches(), size, (tree, node, out, at) => {
    out[at] = tree.value[node]!;
  });
  return (matrix, out, stride) => addLeaves(forest, rankRows(matrix, asked), out, stride);
}

/** By column: the numbers that the trees compare with, each once, rising. */
function thresholdsOf({ feature, threshold }: HistTrees, features: number): readonly Float64Array[] {
  const sets = Array.from({ length: features }, () => new Set<number>());
  for (let node = 0; node < feature.length; node++)
    if (feature[node]! >= 0) sets[feature[node]!]!.add(threshold[node]!);
  return sets.map((set) => Float64Array.from(set).sort());
}

/** How many of `sorted` are below a value: `value <= sorted[k]` says the same as `countBelow(sorted, value) <= k`. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rankRows({ rows, columns, data }: Matrix, asked: readonly Float64Array[]): Float32Rows {
  const ranks = new Float32Array(rows * columns);
  let missing = false;
  for (let column = 0; column < columns; column++) {
    const sorted = asked[column]!;
    for (let at = column; at < ranks.length; at += columns) {
      const value = data[at]!;
      if (Number.isNaN(value)) {
        missing = true;
        ranks[at] = value;
      } else ranks[at] = countBelow(sorted, value);
    }
  }
  return { rows, columns, data: ranks, missing };
}
