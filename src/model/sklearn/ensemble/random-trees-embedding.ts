// RandomTreesEmbedding: a column for each leaf of each tree, 1 where the row falls into it.

import type { Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance } from "../../pickle/values.js";
import { findLeaves, float32Rows, packForest, readMembers, type Tree } from "../tree/index.js";

export const randomTreesEmbeddingClass: EstimatorClass = {
  name: "RandomTreesEmbedding",
  paths: ["sklearn.ensemble._forest", "sklearn.ensemble.forest"],
  read: readEmbedding,
};

function readEmbedding(attributes: EstimatorAttributes): EstimatorDefinition {
  const { first, size, members } = readMembers(attributes, attributes.items("estimators_", "a list of trees"));
  const { lists, width } = readColumns(attributes, size.trees);
  let packed = -1;
  let open: Tree | undefined;
  const forest = packForest(attributes, members(), { ...size, width: 1 }, (tree, node, out, at) => {
    // The trees are packed one after another.
    if (tree !== open) packed++;
    open = tree;
    const column = lists[packed]!.get(node);
    if (column === undefined)
      throw attributes.inconsistent(`one_hot_encoder_ has no column for the leaf ${node} of a tree`);
    out[at] = column;
  });
  const embed = (table: Table): Table => {
    const rows = float32Rows(table, false);
    const indices = new Int32Array(rows.rows * forest.trees);
    const leaves = new Int32Array(rows.rows);
    for (let tree = 0; tree < forest.trees; tree++) {
      findLeaves(forest, tree, rows, 0, rows.rows, leaves);
      for (let row = 0; row < rows.rows; row++) indices[row * forest.trees + tree] = forest.values[leaves[row]!]!;
    }
    return {
      kind: "sparse",
      rows: rows.rows,
      columns: width,
      data: new Float64Array(indices.length).fill(1),
      indices,
      indptr: Int32Array.from({ length: rows.rows + 1 }, (_, row) => row * forest.trees),
    };
  };
  return {
    inputs: numberInputs(attributes, first.tree.features, false),
    methods: new Map([["transform", transformTo(width, embed)]]),
    parameters: { trees: size.trees, ...attributes.parameters("max_depth") },
  };
}

/** Before 0.20 the encoder numbered all leaves of all trees, and kept those that a training row had reached. */
function readOldColumns(attributes: EstimatorAttributes, encoder: EstimatorAttributes, trees: number) {
  const starts = encoder.numbers(["feature_indices_"], trees + 1);
  const active = encoder.numbers(["active_features_"]);
  const lists = Array.from({ length: trees }, () => new Map<number, number>());
  let tree = 0;
  for (const [column, place] of active.entries()) {
    while (tree < trees && place >= starts[tree + 1]!) tree++;
    const list = lists[tree];
    if (!list || !(place >= starts[tree]!)) throw attributes.inconsistent("active_features_ is not sorted");
    list.set(place - starts[tree]!, column);
  }
  return { lists, width: active.length };
}

/** By tree: the column of each leaf. */
function readColumns(
  attributes: EstimatorAttributes,
  trees: number,
): { readonly lists: readonly ReadonlyMap<number, number>[]; readonly width: number } {
  const encoder = attributes.get("one_hot_encoder_");
  if (encoder instanceof Instance && encoder.attributes.get("active_features_") instanceof NdArray) {
    return readOldColumns(attributes, new EstimatorAttributes(encoder, `${attributes.type}'s OneHotEncoder`), trees);
  }
  const categories = encoder instanceof Instance ? encoder.attributes.get("categories_") : undefined;
  if (!Array.isArray(categories) || categories.length !== trees) {
    throw attributes.expected(`the leaves of ${trees} trees`, ["one_hot_encoder_"], encoder);
  }
  let width = 0;
  const lists = categories.map((leaves) => {
    if (!(leaves instanceof NdArray)) throw attributes.expected("a list of leaves", ["categories_"], leaves);
    const columns = new Map<number, number>();
    for (const leaf of leaves.toNumbers()) columns.set(leaf, width++);
    return columns;
  });
  return { lists, width };
}
