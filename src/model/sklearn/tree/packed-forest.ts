// Trees in a layout for fast traversal: all of them in shared arrays, the two children of a node adjacent, and leaves
// that refer to themselves. A step is then one comparison and one addition, without a branch to predict, and four rows
// can be processed in parallel.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { type AddLeaves, batchRowsMin, batchWalk } from "./batch-walk.js";
import type { Float32Rows } from "./float32-rows.js";
import type { Branches } from "./tree.js";

export interface PackedForest {
  readonly trees: number;
  /** By tree: its first node. */
  readonly roots: Int32Array;
  /** By node: the column of its split; column 0 in a leaf. */
  readonly feature: Int32Array;
  /**
   * By node: a value up to this goes to the left child. The trees see float32, so the largest float32 that is not above
   * the file's float64 decides the same. Infinity in a leaf.
   */
  readonly threshold: Float32Array;
  /** By node: the left child; the right one comes next. A leaf refers to itself. */
  readonly left: Int32Array;
  /** By node: 1 where a missing value goes to the right child. */
  readonly missingRight: Uint8Array;
  /** By node: the number of its leaf, over all trees. */
  readonly leaf: Int32Array;
  /** By leaf: `width` numbers. */
  readonly values: Float64Array;
  readonly width: number;
}

/** Nodes of one packed forest: 2 GB in a file, 0.5 GB here. */
const nodesMax = 32_000_000;

/** Numbers in the leaves of one packed forest: 0.5 GB. */
const valuesMax = 64_000_000;

/**
 * Rows that go down one tree before the next tree's turn: their leaves and the tree's upper nodes stay in the
 * processor's cache.
 */
const blockRows = 256;

/**
 * Levels between two looks whether all four rows have come to a leaf: a look at every level costs more than it saves.
 */
const levelsAtOnce = 4;

export interface TreeToPack<T extends Branches> {
  readonly tree: T;
  /** The columns of the table that the tree's features are, where it saw only some of them. */
  readonly columns?: ArrayLike<number>;
}

/**
 * Packs trees. They are read one after another, so that only one is in memory twice.
 * @param nodes how many nodes they have together
 * @param fill writes the `width` numbers of a leaf
 * @throws ModelError "estimator-inconsistent" where nodes share a child
 */
export function packForest<T extends Branches>(
  attributes: EstimatorAttributes,
  trees: Iterable<TreeToPack<T>>,
  size: { readonly trees: number; readonly nodes: number; readonly width: number },
  fill: (tree: T, node: number, values: Float64Array, at: number) => void,
): PackedForest {
  const { nodes, width } = size;
  // A tree of n nodes has (n + 1) / 2 leaves.
  const numbers = Math.floor((nodes + size.trees) / 2) * width;
  if (nodes > nodesMax) throw attributes.inconsistent(`its trees have ${nodes} nodes; the maximum is ${nodesMax}`);
  if (numbers > valuesMax)
    throw attributes.inconsistent(`its leaves have ${numbers} numbers; the maximum is ${valuesMax}`);
  const roots = new Int32Array(size.trees);
  const feature = new Int32Array(nodes);
  const threshold = new Float32Array(nodes).fill(Number.POSITIVE_INFINITY);
  const left = new Int32Array(nodes);
  const missingRight = new Uint8Array(nodes);
  const leaf = new Int32Array(nodes);
  const values = new Float64Array(numbers);
  let packed = 0;
  let free = 0;
  let leaves = 0;
  for (const { tree, columns } of trees) {
    roots[packed++] = free;
    const end = free + tree.feature.length;
    /** Pairs of a node in the file and its place here. */
    const open = [0, free++];
    while (open.length > 0) {
      const place = open.pop()!;
      const node = open.pop()!;
      const asked = tree.feature[node]!;
      if (asked < 0) {
        left[place] = place;
        leaf[place] = leaves;
        fill(tree, node, values, leaves++ * width);
        continue;
      }
      if (free + 2 > end) throw attributes.inconsistent(`nodes of a tree share a child: node ${node} has one`);
      feature[place] = columns ? columns[asked]! : asked;
      threshold[place] = float32Below(tree.threshold[node]!);
      missingRight[place] = 1 - tree.missingLeft[node]!;
      left[place] = free;
      open.push(tree.right[node]!, free + 1, tree.left[node]!, free);
      free += 2;
    }
  }
  return { trees: packed, roots, feature, threshold, left, missingRight, leaf, values, width };
}

/**
 * Adds each tree's numbers for each row to `out`, in the order of the trees. Row r begins at r * stride; tree t adds to
 * the columns from (t * width) % stride on.
 */
export function addLeaves(forest: PackedForest, rows: Float32Rows, out: Float64Array, stride: number): void {
  const batch = rows.rows >= batchRowsMin && !rows.missing ? batchOf(forest, rows.columns, stride) : undefined;
  if (batch) batch(rows, out);
  else addLeavesPlainly(forest, rows, out, stride);
}

/**
 * Created for a packed forest's first batch, and kept with it: all tables and strides of one forest have the same
 * width.
 */
const batches = new WeakMap<PackedForest, AddLeaves | "none">();

function batchOf(forest: PackedForest, columns: number, stride: number): AddLeaves | undefined {
  const known = batches.get(forest) ?? batchWalk(forest, columns, stride) ?? "none";
  batches.set(forest, known);
  return known === "none" ? undefined : known;
}

function addLeavesPlainly(forest: PackedForest, rows: Float32Rows, out: Float64Array, stride: number): void {
  const { width, values } = forest;
  const leaves = new Int32Array(blockRows);
  for (let from = 0; from < rows.rows; from += blockRows) {
    const count = Math.min(blockRows, rows.rows - from);
    for (let tree = 0; tree < forest.trees; tree++) {
      findLeaves(forest, tree, rows, from, count, leaves);
      const column = from * stride + ((tree * width) % stride);
      if (width === 1) {
        for (let row = 0; row < count; row++) out[column + row * stride]! += values[leaves[row]!]!;
        continue;
      }
      for (let row = 0; row < count; row++) {
        const start = leaves[row]! * width;
        const to = column + row * stride;
        for (let index = 0; index < width; index++) out[to + index]! += values[start + index]!;
      }
    }
  }
}

/** The leaf of each of `count` rows in one tree. */
export function findLeaves(
  forest: PackedForest,
  tree: number,
  rows: Float32Rows,
  from: number,
  count: number,
  out: Int32Array,
): void {
  const { leaf, left } = forest;
  const root = forest.roots[tree]!;
  if (rows.missing) {
    for (let row = 0; row < count; row++) out[row] = leaf[walkWithMissing(forest, root, rows, from + row)]!;
    return;
  }
  const { feature, threshold } = forest;
  const { data, columns } = rows;
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const a = (from + row) * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    let i = root;
    let j = root;
    let k = root;
    let l = root;
    do {
      for (let level = 0; level < levelsAtOnce; level++) {
        i = left[i]! + (data[a + feature[i]!]! > threshold[i]! ? 1 : 0);
        j = left[j]! + (data[b + feature[j]!]! > threshold[j]! ? 1 : 0);
        k = left[k]! + (data[c + feature[k]!]! > threshold[k]! ? 1 : 0);
        l = left[l]! + (data[d + feature[l]!]! > threshold[l]! ? 1 : 0);
      }
    } while (left[i] !== i || left[j] !== j || left[k] !== k || left[l] !== l);
    out[row] = leaf[i]!;
    out[row + 1] = leaf[j]!;
    out[row + 2] = leaf[k]!;
    out[row + 3] = leaf[l]!;
  }
  for (; row < count; row++) {
    const start = (from + row) * columns;
    let node = root;
    let next = left[node]!;
    while (next !== node) {
      node = next + (data[start + feature[node]!]! > threshold[node]! ? 1 : 0);
      next = left[node]!;
    }
    out[row] = leaf[node]!;
  }
}

function walkWithMissing(forest: PackedForest, root: number, { data, columns }: Float32Rows, row: number): number {
  const { feature, threshold, left, missingRight } = forest;
  const start = row * columns;
  let node = root;
  while (left[node] !== node) {
    const value = data[start + feature[node]!]!;
    const right = Number.isNaN(value) ? missingRight[node]! : value > threshold[node]! ? 1 : 0;
    node = left[node]! + right;
  }
  return node;
}

const float32 = new Float32Array(1);
const float32Bits = new Int32Array(float32.buffer);

/** The largest float32 that is not above a number. */
function float32Below(value: number): number {
  float32[0] = value;
  if (float32[0] <= value) return float32[0];
  // Bits of positive floats rise with them, those of negative ones fall. Zero represents negative numbers without a
  // float32.
  if (float32[0] === 0) return -(2 ** -149);
  float32Bits[0]! += float32[0] > 0 ? -1 : 1;
  return float32[0];
}
