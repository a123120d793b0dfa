// Walks many rows down a packed forest's trees, in WebAssembly: comparisons of the same float32 numbers, so the same
// leaves.

import { nodeBytes, rowsAtOnce, treeKernels } from "../../wasm/tree-kernel.js";
import type { Float32Rows } from "./float32-rows.js";
import type { PackedForest } from "./packed-forest.js";

/** Fewer rows than this are sooner done without copying the trees. */
export const batchRowsMin = 64;

/** Copies of nodes besides the packed forest's own. */
const bytesMax = 256 * 1024 * 1024;

/**
 * Every row goes as many levels as its tree has: beyond, trees are lopsided, and rows had better stop at their leaves.
 */
const levelsMax = 48;

/** Rows that go down one tree before the next tree's turn: their sums and the tree stay in the processor's cache. */
const blockRows = 256;

/** Adds each tree's numbers for each row to `out`, as addLeaves of packed-forest.ts does. */
export type AddLeaves = (rows: Float32Rows, out: Float64Array) => void;

/** Absent where the trees do not suit: too many, too lopsided, or too wide for the nodes' 32 bits. */
export function batchWalk(forest: PackedForest, columns: number, stride: number): AddLeaves | undefined {
  const { roots, left, leaf, feature, threshold, values, width } = forest;
  const layout = layoutOf(forest, columns);
  const rowsLength = 4 * rowsAtOnce * columns;
  const valuesAt = nodeBytes * left.length;
  const sumsAt = valuesAt + 8 * values.length;
  const leavesAt = sumsAt + 8 * blockRows * stride;
  const foundAt = leavesAt + 4 * left.length;
  const rowsAt = foundAt + 4 * blockRows;
  const bytes = rowsAt + (blockRows / rowsAtOnce) * rowsLength;
  if (!layout || bytes > bytesMax) return undefined;
  const { levels, leftBits } = layout;

  const { kernels, memory } = treeKernels(bytes);
  const floats = new Float32Array(memory.buffer);
  const integers = new Int32Array(memory.buffer);
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    const end = roots[tree + 1] ?? left.length;
    for (let node = root; node < end; node++) {
      floats[2 * node] = threshold[node]!;
      integers[2 * node + 1] = (feature[node]! << leftBits) | (left[node]! - root);
    }
  }
  new Float64Array(memory.buffer, valuesAt).set(values);
  integers.set(leaf, leavesAt / 4);
  const block = floats.subarray(rowsAt / 4);
  const sums = new Float64Array(memory.buffer, sumsAt, blockRows * stride);

  function addBlock({ data }: Float32Rows, from: number, count: number, out: Float64Array): void {
    for (let row = 0; row < count; row++) {
      const to = Math.floor(row / rowsAtOnce) * rowsAtOnce * columns + (row % rowsAtOnce);
      const start = (from + row) * columns;
      for (let column = 0; column < columns; column++) block[to + column * rowsAtOnce] = data[start + column]!;
    }
    const own = out.subarray(from * stride, (from + count) * stride);
    sums.set(own);
    const rowsEnd = rowsAt + Math.ceil(count / rowsAtOnce) * rowsLength;
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree]!;
      const column = (tree * width) % stride;
      kernels.walk(nodeBytes * root, levels[tree]!, leftBits, rowsAt, rowsEnd, rowsLength, foundAt);
      const lengths = [8 * width, sumsAt + 8 * column, 8 * stride] as const;
      kernels.addValues(foundAt, foundAt + 4 * count, leavesAt + 4 * root, valuesAt, ...lengths);
    }
    own.set(sums.subarray(0, own.length));
  }

  return function addLeaves(rows, out) {
    for (let from = 0; from < rows.rows; from += blockRows) {
      addBlock(rows, from, Math.min(blockRows, rows.rows - from), out);
    }
  };
}

/** How many levels each tree has, and how many bits a left child's number needs. */
function layoutOf({ roots, left }: PackedForest, columns: number) {
  const levels = new Int32Array(roots.length);
  const levelOf = new Int32Array(left.length);
  let largest = 1;
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    const end = roots[tree + 1] ?? left.length;
    largest = Math.max(largest, end - root);
    for (let node = root; node < end; node++) {
      const child = left[node]!;
      if (child === node) continue;
      levelOf[child] = levelOf[node]! + 1;
      levelOf[child + 1] = levelOf[child]!;
      levels[tree] = Math.max(levels[tree]!, levelOf[child]!);
    }
    if (levels[tree]! > levelsMax) return undefined;
  }
  const leftBits = Math.ceil(Math.log2(largest + 1));
  return columns <= 2 ** (27 - Math.min(leftBits, 27)) ? { levels, leftBits } : undefined;
}
