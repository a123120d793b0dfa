// Eight rows go down a tree side by side, for as many levels as the tree has: a leaf leads to itself.
//
// A node is 8 bytes: the threshold as f32, then the column in the upper bits of an i32 and the left child's number within the tree in the
// lower ones. Eight rows lie side by side as f32: row r of column c at (c * 8 + r) * 4 bytes.

import { assemble, doWhile, type FunctionText, f32, f64, f64x2, i32, v128, when } from "./assembler.js";

export const rowsAtOnce = 8;
export const nodeBytes = 8;
const places = Array.from({ length: rowsAtOnce }, (_, row) => row);

/** Writes the number of each row's leaf node within the tree: (tree, levels, leftBits, rows, rowsEnd, rowsLength of eight, out). */
const walk: FunctionText = {
  name: "walk",
  parameters: ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
  body([tree, levels, leftBits, rows, rowsEnd, rowsLength, out], local) {
    const level = local("i32");
    const leftMask = local("i32");
    const packed = local("i32");
    const nodes = places.map(() => local("i32"));
    const value = (row: number) => {
      const column = i32.shl(i32.shiftRightUnsigned(packed.get, leftBits!.get), i32.const(5));
      return f32.load(i32.add(rows!.get, column), row * 4);
    };
    return [
      leftMask.set(i32.sub(i32.shl(i32.const(1), leftBits!.get), i32.const(1))),
      doWhile(
        [
          level.set(levels!.get),
          ...nodes.map((node) => node.set(tree!.get)),
          doWhile(
            [
              ...nodes.flatMap((node, row) => {
                const isRight = f32.greater(value(row), f32.load(node.get));
                const child = i32.add(i32.and(packed.get, leftMask.get), isRight);
                return [packed.set(i32.load(node.get, 4)), node.set(i32.add(tree!.get, i32.shl(child, i32.const(3))))];
              }),
              level.set(i32.sub(level.get, i32.const(1))),
            ],
            i32.lessThan(i32.const(0), level.get),
          ),
          ...nodes.map((node, row) =>
            i32.store(out!.get, i32.shiftRightUnsigned(i32.sub(node.get, tree!.get), i32.const(3)), row * 4),
          ),
          out!.set(i32.add(out!.get, i32.const(4 * rowsAtOnce))),
          rows!.set(i32.add(rows!.get, rowsLength!.get)),
        ],
        i32.lessThan(rows!.get, rowsEnd!.get),
      ),
    ];
  },
};

/**
 * Adds the numbers of each row's leaf to the row's sums: (found, foundEnd, leaves, values, width, sums, stride). `found` is what `walk` wrote,
 * `leaves` the tree's nodes' leaf numbers, `values` those of leaf 0. Width and stride are bytes.
 */
const addValues: FunctionText = {
  name: "addValues",
  parameters: ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
  body([found, foundEnd, leaves, values, width, sums, stride], local) {
    const from = local("i32");
    const to = local("i32");
    const pairsEnd = local("i32");
    const leaf = i32.load(i32.add(leaves!.get, i32.shl(i32.load(found!.get), i32.const(2))));
    return [
      doWhile(
        [
          from.set(i32.add(values!.get, i32.mul(leaf, width!.get))),
          to.set(sums!.get),
          pairsEnd.set(i32.add(sums!.get, i32.and(width!.get, i32.const(-16)))),
          when(i32.lessThan(to.get, pairsEnd.get), [
            doWhile(
              [
                v128.store(to.get, f64x2.add(v128.load(to.get), v128.load(from.get))),
                to.set(i32.add(to.get, i32.const(16))),
                from.set(i32.add(from.get, i32.const(16))),
              ],
              i32.lessThan(to.get, pairsEnd.get),
            ),
          ]),
          when(i32.and(width!.get, i32.const(8)), [f64.store(to.get, f64.add(f64.load(to.get), f64.load(from.get)))]),
          sums!.set(i32.add(sums!.get, stride!.get)),
          found!.set(i32.add(found!.get, i32.const(4))),
        ],
        i32.lessThan(found!.get, foundEnd!.get),
      ),
    ];
  },
};

interface TreeKernels {
  walk(...addresses: readonly number[]): void;
  addValues(...addresses: readonly number[]): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on a memory of its own. All addresses are in bytes, and nothing is checked. */
export function treeKernels(bytes: number): { readonly kernels: TreeKernels; readonly memory: WebAssembly.Memory } {
  compiled ??= new WebAssembly.Module(assemble([], [walk, addValues]));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernels: exports as TreeKernels, memory };
}
