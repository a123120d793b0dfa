// The walk down the trees of histogram gradient boosting, which see float64.

import type { Matrix } from "../../core/matrix.js";
import { type HistTrees, setWords } from "./hist-trees.js";

/** Rows that go down one tree before the next tree's turn. */
const blockRows = 256;

/**
 * Adds each tree's value for each row to `out`, in the order of the trees. Row r begins at r * stride; tree t adds to
 * column t % stride.
 */
export function addHistValues(
  trees: HistTrees,
  known: KnownCategories,
  { rows, columns, data }: Matrix,
  out: Float64Array,
  stride: number,
): void {
  const { roots, value } = trees;
  for (let from = 0; from < rows; from += blockRows) {
    const end = Math.min(from + blockRows, rows);
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree]!;
      const column = tree % stride;
      for (let row = from; row < end; row++) {
        out[row * stride + column]! += value[leafOf(trees, root, known, data, row * columns)]!;
      }
    }
  }
}

/** The categories of training: sets of eight words, and where each column's set begins; -1 for a column of numbers. */
interface KnownCategories {
  readonly starts: Int32Array;
  readonly words: Uint32Array;
}

function leafOf(trees: HistTrees, root: number, known: KnownCategories, data: Float64Array, start: number): number {
  const { feature, threshold, left, right, missingLeft, set, categories } = trees;
  let node = root;
  for (;;) {
    const asked = feature[node]!;
    if (asked < 0) return node;
    const value = data[start + asked]!;
    let toLeft: boolean;
    if (set[node]! < 0) {
      // NaN is not above anything: the third case.
      if (value <= threshold[node]!) toLeft = true;
      else if (value > threshold[node]!) toLeft = false;
      else toLeft = missingLeft[node] === 1;
    } else if (value >= 0 && has(categories, set[node]!, value)) {
      toLeft = true;
    } else {
      // What training never saw goes where a missing value goes.
      const seen = value >= 0 && known.starts[asked]! >= 0 && has(known.words, known.starts[asked]!, value);
      toLeft = !seen && missingLeft[node] === 1;
    }
    node = root + (toLeft ? left[node]! : right[node]!);
  }
}

/** Whether a set has a category. scikit-learn converts the number to eight bits. */
function has(words: Uint32Array, start: number, category: number): boolean {
  const index = category & 255;
  return ((words[start + (index >> 5)]! >>> (index & 31)) & 1) === 1;
}

/** @param categories by column: the numbers of its categories, or undefined for a column of numbers */
export function knownCategories(categories: readonly (ArrayLike<number> | undefined)[]): KnownCategories {
  const starts = new Int32Array(categories.length).fill(-1);
  const words = new Uint32Array(categories.filter((list) => list !== undefined).length * setWords);
  let next = 0;
  for (const [column, list] of categories.entries()) {
    if (!list) continue;
    starts[column] = next;
    for (let index = 0; index < list.length; index++) {
      const category = list[index]! & 255;
      words[next + (category >> 5)]! |= 1 << (category & 31);
    }
    next += setWords;
  }
  return { starts, words };
}
