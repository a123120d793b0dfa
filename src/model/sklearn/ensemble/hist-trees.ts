// The trees of histogram gradient boosting: sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, type Value } from "../../pickle/values.js";
import { oneOrZero } from "../tree/index.js";

/** All trees' nodes, one after another. A child's index counts from its own tree's first node. */
export interface HistTrees {
  /** By tree: its first node. */
  readonly roots: Int32Array;
  /** By node: the column of its split; -1 in a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
  /** By node: where the words of its set of categories begin in `categories`; -1 where it compares numbers. */
  readonly set: Int32Array;
  /** Sets of eight 32-bit words: bit c is set where category c goes left. */
  readonly categories: Uint32Array;
}

/** 32-bit words of a set of categories: there are at most 256. */
export const setWords = 8;

const nodesMax = 32_000_000;
const treesMax = 1_000_000;

/**
 * @throws ModelError "estimator-inconsistent" unless every child comes after its parent, and every feature and set is
 * there
 */
export function readHistTrees(
  predictors: readonly Value[],
  features: number,
  attributes: EstimatorAttributes,
): HistTrees {
  if (predictors.length > treesMax)
    throw attributes.inconsistent(`${predictors.length} trees; the maximum is ${treesMax}`);
  const parts = predictors.map((predictor) => partsOf(predictor, attributes));
  const count = parts.reduce((sum, { nodes }) => sum + nodes.size, 0);
  const words = parts.reduce((sum, { sets }) => sum + (sets?.size ?? 0), 0);
  if (count > nodesMax || words > nodesMax)
    throw attributes.inconsistent(`its trees have ${count} nodes; the maximum is ${nodesMax}`);
  const trees: HistTrees = {
    roots: new Int32Array(parts.length),
    feature: new Int32Array(count).fill(-1),
    threshold: new Float64Array(count),
    left: new Int32Array(count),
    right: new Int32Array(count),
    missingLeft: new Uint8Array(count),
    value: new Float64Array(count),
    set: new Int32Array(count).fill(-1),
    categories: new Uint32Array(words),
  };
  let start = 0;
  let word = 0;
  for (const [tree, { nodes, sets }] of parts.entries()) {
    trees.roots[tree] = start;
    copyNodes(trees, start, nodes, attributes);
    if (sets) trees.categories.set(Uint32Array.from(sets.toNumbers()), word);
    checkNodes(trees, start, nodes, { features, words: sets?.size ?? 0, firstWord: word }, attributes);
    start += nodes.size;
    word += sets?.size ?? 0;
  }
  return trees;
}

function partsOf(
  predictor: Value,
  attributes: EstimatorAttributes,
): { readonly nodes: NdArray; readonly sets: NdArray | undefined } {
  const stored = predictor instanceof Instance ? predictor.attributes : undefined;
  const nodes = stored?.get("nodes");
  const sets = stored?.get("raw_left_cat_bitsets");
  if (!(nodes instanceof NdArray) || nodes.size === 0)
    throw attributes.expected("trees with nodes", ["_predictors"], predictor);
  if (sets instanceof NdArray && sets.size % setWords !== 0)
    throw attributes.inconsistent("a tree's sets of categories are cut");
  return { nodes, sets: sets instanceof NdArray ? sets : undefined };
}

/** By the fields' names: their types, offsets and one name have moved over the versions. */
function copyNodes(trees: HistTrees, start: number, nodes: NdArray, attributes: EstimatorAttributes): void {
  const leaves = nodes.toFieldNumbers("is_leaf");
  const features = nodes.toFieldNumbers("feature_idx");
  const categorical = nodes.hasField("is_categorical") ? nodes.toFieldNumbers("is_categorical") : undefined;
  const sets = categorical && nodes.toFieldNumbers("bitset_idx");
  trees.threshold.set(nodes.toFieldNumbers(nodes.hasField("num_threshold") ? "num_threshold" : "threshold"), start);
  trees.left.set(nodes.toFieldNumbers("left"), start);
  trees.right.set(nodes.toFieldNumbers("right"), start);
  trees.missingLeft.set(nodes.toFieldNumbers("missing_go_to_left").map(oneOrZero), start);
  trees.value.set(nodes.toFieldNumbers("value"), start);
  for (let node = 0; node < nodes.size; node++) {
    if (leaves[node] !== 0) continue;
    if (!(features[node]! >= 0))
      throw attributes.inconsistent(`node ${node} of a tree splits on feature ${features[node]}`);
    trees.feature[start + node] = features[node]!;
    if (categorical?.[node]) trees.set[start + node] = sets![node]!;
  }
}

function checkNodes(
  trees: HistTrees,
  start: number,
  { size }: NdArray,
  { features, words, firstWord }: { readonly features: number; readonly words: number; readonly firstWord: number },
  attributes: EstimatorAttributes,
): void {
  for (let node = 0; node < size; node++) {
    const at = start + node;
    if (trees.feature[at]! < 0) continue;
    const left = trees.left[at]!;
    const right = trees.right[at]!;
    if (left <= node || left >= size || right <= node || right >= size) {
      throw attributes.inconsistent(`node ${node} of a tree has children out of order or range: ${left} and ${right}`);
    }
    if (Number.isNaN(trees.threshold[at])) throw attributes.inconsistent(`node ${node} of a tree compares with NaN`);
    if (trees.feature[at]! >= features)
      throw attributes.inconsistent(`node ${node} of a tree splits on feature ${trees.feature[at]}`);
    const set = trees.set[at]!;
    if (set < 0) continue;
    if ((set + 1) * setWords > words)
      throw attributes.inconsistent(`node ${node} of a tree names the set of categories ${set}`);
    trees.set[at] = firstWord + set * setWords;
  }
}
