// CatBoost's trees, of all of a model in one set of arrays.

import { broken, type TreeParts } from "./parts.js";

/**
 * Adds the values of a row's leaves, tree by tree, to `sums`: one for each dimension. `holds` is 1 for every split that
 * holds for the row, else 0.
 */
type AddLeaves = (holds: Uint8Array, sums: Float64Array) => void;

/** @throws ModelError "catboost-broken" unless each leaf exists, and each node leads only forward, within its tree. */
export function readTrees(parts: TreeParts, dimension: number, splitCount: number): AddLeaves {
  const { splits, sizes, leafValues, nodes } = parts;
  let total = 0;
  for (let tree = 0; tree < sizes.length; tree++) {
    if (!(sizes[tree]! >= 0)) throw broken(`tree ${tree} has ${sizes[tree]} splits`);
    total += sizes[tree]!;
  }
  if (total !== splits.length) throw broken(`it has ${splits.length} splits; expected ${total}`);
  for (let index = 0; index < splits.length; index++) {
    // A leaf has the number 0, even in a model without any split.
    const isLeaf = nodes !== undefined && nodes.steps[2 * index] === 0 && nodes.steps[2 * index + 1] === 0;
    if (!isLeaf && !(splits[index]! >= 0 && splits[index]! < splitCount))
      throw broken(`a tree refers to split ${splits[index]} of ${splitCount}`);
  }
  return nodes
    ? nodeTrees(Int32Array.from(splits), Int32Array.from(sizes), leafValues, nodes, dimension)
    : levelTrees(Int32Array.from(splits), Int32Array.from(sizes), leafValues, dimension);
}

/** Trees of one split for each level: the levels' bits are the number of the leaf. */
function levelTrees(splits: Int32Array, sizes: Int32Array, leafValues: Float64Array, dimension: number): AddLeaves {
  const leaves = sizes.reduce((sum, size) => sum + 2 ** size, 0);
  if (leaves * dimension !== leafValues.length)
    throw broken(`it has ${leafValues.length} leaf values; expected ${leaves * dimension}`);
  return function addLeaves(holds, sums) {
    let level = 0;
    let firstLeaf = 0;
    for (let tree = 0; tree < sizes.length; tree++) {
      const size = sizes[tree]!;
      let leaf = 0;
      for (let bit = 0; bit < size; bit++) leaf |= holds[splits[level++]!]! << bit;
      addLeaf(leafValues, firstLeaf + leaf * dimension, sums);
      firstLeaf += (1 << size) * dimension;
    }
  };
}

function nodeTrees(
  splits: Int32Array,
  sizes: Int32Array,
  leafValues: Float64Array,
  nodes: NonNullable<TreeParts["nodes"]>,
  dimension: number,
): AddLeaves {
  const steps = Int32Array.from(nodes.steps);
  const leaves = Uint32Array.from(nodes.leaves);
  if (steps.length !== 2 * splits.length || leaves.length !== splits.length)
    throw broken(`it has ${splits.length} splits, ${steps.length / 2} steps and ${leaves.length} leaves`);
  let end = 0;
  for (const [tree, size] of sizes.entries()) {
    if (size === 0) throw broken(`tree ${tree} has no nodes`);
    const start = end;
    end += size;
    for (let node = start; node < end; node++) {
      for (const step of [steps[2 * node]!, steps[2 * node + 1]!]) {
        if (step < 0 || node + step >= end) throw broken(`tree ${tree} leads from node ${node - start} beyond its end`);
        if (step === 0 && leaves[node]! + dimension > leafValues.length)
          throw broken(`tree ${tree} has a leaf at ${leaves[node]} of ${leafValues.length} values`);
      }
    }
  }
  return function addLeaves(holds, sums) {
    let root = 0;
    for (let tree = 0; tree < sizes.length; tree++) {
      let node = root;
      for (;;) {
        const isLeaf = steps[2 * node] === 0 && steps[2 * node + 1] === 0;
        const step = isLeaf ? 0 : steps[2 * node + holds[splits[node]!]!]!;
        if (step === 0) break;
        node += step;
      }
      addLeaf(leafValues, leaves[node]!, sums);
      root += sizes[tree]!;
    }
  };
}

function addLeaf(leafValues: Float64Array, at: number, sums: Float64Array): void {
  for (let index = 0; index < sums.length; index++) sums[index] = sums[index]! + leafValues[at + index]!;
}
