// RandomTreesEmbedding: a column for each leaf of each tree, 1 where the row falls into it.

import type { Table } from "../../core/model.js";
import type { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance } from "../../pickle/values.js";
import { readMembers } from "../tree/decision-tree.js";
import { float32Rows } from "../tree/float32-rows.js";
import { findLeaves, plantGrove } from "../tree/packed-forest.js";
import type { Tree } from "../tree/tree.js";

export const randomTreesEmbeddingClass: EstimatorClass = {
  name: "RandomTreesEmbedding",
  module: "sklearn.ensemble",
  paths: ["sklearn.ensemble._forest", "sklearn.ensemble.forest"],
  read: readEmbedding,
};

function readEmbedding(state: State): Estimator {
  const { first, size, members } = readMembers(state, state.items("estimators_", "a list of trees"));
  const { lists, width } = readColumns(state, size.trees);
  let planted = -1;
  let open: Tree | undefined;
  const grove = plantGrove(state, members(), { ...size, width: 1 }, (tree, node, out, at) => {
    // The trees are planted one after another.
    if (tree !== open) planted++;
    open = tree;
    const column = lists[planted]!.get(node);
    if (column === undefined) throw state.inconsistent(`one_hot_encoder_ has no column for the leaf ${node} of a tree`);
    out[at] = column;
  });
  const embed = (table: Table): Table => {
    const rows = float32Rows(table, false);
    const indices = new Int32Array(rows.rows * grove.trees);
    const leaves = new Int32Array(rows.rows);
    for (let tree = 0; tree < grove.trees; tree++) {
      findLeaves(grove, tree, rows, 0, rows.rows, leaves);
      for (let row = 0; row < rows.rows; row++) indices[row * grove.trees + tree] = grove.values[leaves[row]!]!;
    }
    return {
      kind: "sparse",
      rows: rows.rows,
      columns: width,
      data: new Float64Array(indices.length).fill(1),
      indices,
      indptr: Int32Array.from({ length: rows.rows + 1 }, (_, row) => row * grove.trees),
    };
  };
  return {
    type: state.type,
    version: state.version,
    inputs: numberInputs(state, first.tree.features, false),
    keepsMissing: false,
    methods: new Map([["transform", transformTo(width, embed)]]),
    parameters: { trees: size.trees, ...state.parameters("max_depth") },
  };
}

/** By tree: the column of each leaf. */
function readColumns(
  state: State,
  trees: number,
): { readonly lists: readonly ReadonlyMap<number, number>[]; readonly width: number } {
  const encoder = state.get("one_hot_encoder_");
  const categories = encoder instanceof Instance ? encoder.attributes.get("categories_") : undefined;
  if (!Array.isArray(categories) || categories.length !== trees) {
    throw state.expected(`the leaves of ${trees} trees`, ["one_hot_encoder_"], encoder);
  }
  let width = 0;
  const lists = categories.map((leaves) => {
    if (!(leaves instanceof NdArray)) throw state.expected("a list of leaves", ["categories_"], leaves);
    const columns = new Map<number, number>();
    for (const leaf of leaves.toNumbers()) columns.set(leaf, width++);
    return columns;
  });
  return { lists, width };
}
