// sklearn.tree._tree.Tree: a decision tree as its pickles hold it.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, kindOf, type Value } from "../../pickle/values.js";

/** The questions of a tree by node, in the order of the file, checked. Node 0 is the root. */
export interface Branches {
  /** The feature that a node splits on; -1 in a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 where a missing value goes left. Files before 1.3 have none: there a missing value was rejected. */
  readonly missingLeft: Uint8Array;
}

/** scikit-learn's tree, with the values of its nodes. */
export interface Tree extends Branches {
  /** Training rows that came to each node. */
  readonly samples: () => Float64Array;
  /** `width` values for each node: class weights, or the outputs of a regressor. */
  readonly values: Float64Array;
  readonly width: number;
  /** Features of the table that it was fitted on. */
  readonly features: number;
  readonly outputs: number;
}

const nodesMax = 50_000_000;

/** sklearn.tree._tree.TREE_LEAF: the child of a leaf. */
const treeLeaf = -1;

/** @throws ModelError "estimator-inconsistent" unless every child comes after its parent: then every walk ends. */
export function readTree(value: Value | undefined, attributes: EstimatorAttributes): Tree {
  if (!(value instanceof Instance) || value.global.name !== "Tree")
    throw attributes.expected("a tree", ["tree_"], value);
  const nodes = value.attributes.get("nodes");
  const values = value.attributes.get("values");
  const [features, classes, outputs] = value.args;
  if (!(nodes instanceof NdArray) || !(values instanceof NdArray) || !isCount(features) || !isCount(outputs)) {
    throw attributes.inconsistent("a tree lacks nodes, values or features");
  }
  const count = nodes.size;
  if (count === 0 || count > nodesMax) throw attributes.inconsistent(`a tree has ${count} nodes`);
  const recorded = value.attributes.get("node_count");
  if (recorded !== undefined && recorded !== count)
    throw attributes.inconsistent(`a tree has ${count} nodes, but its node_count is ${String(recorded)}`);
  if (values.shape.length !== 3 || values.size === 0 || values.shape[0] !== count || values.shape[1] !== outputs) {
    throw attributes.inconsistent(
      `a tree of ${count} nodes and ${outputs} outputs has values of the shape (${values.shape.join(", ")})`,
    );
  }
  checkClassCounts(classes, outputs, values.shape[2]!, attributes);
  const tree: Tree = {
    feature: Int32Array.from(nodes.toFieldNumbers("feature")),
    threshold: nodes.toFieldNumbers("threshold"),
    left: Int32Array.from(nodes.toFieldNumbers("left_child")),
    right: Int32Array.from(nodes.toFieldNumbers("right_child")),
    missingLeft: nodes.hasField("missing_go_to_left")
      ? Uint8Array.from(nodes.toFieldNumbers("missing_go_to_left"), oneOrZero)
      : new Uint8Array(count),
    samples: () => nodes.toFieldNumbers("n_node_samples"),
    values: values.toNumbers(),
    width: values.shape[1]! * values.shape[2]!,
    features,
    outputs,
  };
  check(tree, attributes);
  return tree;
}

/** How many nodes a tree has, before it is read. */
export function countNodes(value: Value | undefined): number {
  const nodes = value instanceof Instance ? value.attributes.get("nodes") : undefined;
  return nodes instanceof NdArray ? nodes.size : 0;
}

/** A byte that is a truth value may be more than 1, and a walk adds it to a node's number. */
export function oneOrZero(value: number): number {
  return value === 0 ? 0 : 1;
}

function isCount(value: Value | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** `n_classes`: the number of classes of each output, 1 for a regressor. A node has as many values as the largest. */
function checkClassCounts(
  value: Value | undefined,
  outputs: number,
  width: number,
  attributes: EstimatorAttributes,
): void {
  const counts = value instanceof NdArray ? value.toNumbers() : undefined;
  if (
    !counts ||
    counts.length !== outputs ||
    counts.some((count) => !(count >= 1 && count <= width)) ||
    Math.max(...counts) !== width
  ) {
    const found = counts ? `[${counts.slice(0, 10).join(", ")}]` : kindOf(value);
    throw attributes.inconsistent(
      `a tree of ${outputs} outputs with ${width} values each has ${found} as its numbers of classes`,
    );
  }
}

function check({ feature, threshold, left, right, features }: Tree, attributes: EstimatorAttributes): void {
  const count = feature.length;
  for (let node = 0; node < count; node++) {
    // scikit-learn marks a leaf by TREE_LEAF as both children.
    if (left[node] === treeLeaf && right[node] === treeLeaf) {
      feature[node] = -1;
      continue;
    }
    if (left[node]! <= node || left[node]! >= count || right[node]! <= node || right[node]! >= count) {
      throw attributes.inconsistent(
        `node ${node} of a tree has children out of order or range: ${left[node]} and ${right[node]}`,
      );
    }
    if (feature[node]! < 0 || feature[node]! >= features)
      throw attributes.inconsistent(`node ${node} of a tree splits on feature ${feature[node]}`);
    if (Number.isNaN(threshold[node])) throw attributes.inconsistent(`node ${node} of a tree compares with NaN`);
  }
}
