// What decision trees and their ensembles share: the members of an ensemble, the means of their leaves, and the methods
// on these.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import { numberInputs } from "../../estimator/inputs.js";
import { labelsOfLargest, probabilitiesOf, type Scores } from "../../estimator/several-labels.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance, type Value } from "../../pickle/values.js";
import { float32Rows } from "./float32-rows.js";
import { addLeaves, type PackedForest } from "./packed-forest.js";
import { countNodes, readTree, type Tree } from "./tree.js";

const treeModules = ["sklearn.tree._classes", "sklearn.tree.tree"];
const treeNames = ["DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor"];

/** Trees of one forest. */
const treesMax = 100_000;

export const treeParameters = ["criterion", "max_depth", "min_samples_leaf"];

/** A tree of an ensemble, with what its own estimator says. */
interface Member {
  readonly attributes: EstimatorAttributes;
  readonly tree: Tree;
}

/**
 * The content of a list of trees: the first, the size of all, and each in turn. All have the first one's width, and its
 * features, unless each uses its own columns.
 */
export function readMembers(
  attributes: EstimatorAttributes,
  list: readonly Value[],
  sameFeatures = true,
): {
  readonly first: Member;
  readonly size: { readonly trees: number; readonly nodes: number; readonly width: number };
  readonly members: () => Iterable<Member>;
} {
  if (list.length === 0 || list.length > treesMax) {
    throw attributes.inconsistent(`it has ${list.length} trees; expected 1 to ${treesMax}`);
  }
  const items = list.map((item) => treeState(attributes, item));
  // A small file could name one tree 100,000 times.
  if (new Set(items.map((item) => item.get("tree_"))).size < items.length)
    throw attributes.inconsistent("two of its trees are one");
  const first = { attributes: items[0]!, tree: readTree(items[0]!.get("tree_"), attributes) };
  const { features, width } = first.tree;
  const nodes = items.reduce((sum, item) => sum + countNodes(item.get("tree_")), 0);
  return {
    first,
    size: { trees: items.length, nodes, width },
    *members() {
      for (const item of items) {
        const tree = readTree(item.get("tree_"), attributes);
        if (tree.width !== width || (sameFeatures && tree.features !== features)) {
          throw attributes.inconsistent("its trees differ in features or outputs");
        }
        yield { attributes: item, tree };
      }
    },
  };
}

function treeState(attributes: EstimatorAttributes, item: Value): EstimatorAttributes {
  if (!(item instanceof Instance && treeModules.includes(item.global.module) && treeNames.includes(item.global.name))) {
    throw attributes.expected("a decision tree", ["estimators_"], item);
  }
  return new EstimatorAttributes(item, `sklearn.tree.${item.global.name}`);
}

export function common(attributes: EstimatorAttributes, tree: Tree, missing: boolean) {
  const inputs = numberInputs(attributes, tree.features, missing);
  return { inputs };
}

/**
 * Trees support missing values from 1.3 on, forests from 1.4, random splits from 1.6; never with these two settings.
 */
export function takesMissing(attributes: EstimatorAttributes, sinceMinor: number): boolean {
  const criterion = attributes.get("criterion");
  const byDistance = criterion === "absolute_error" || criterion === "mae";
  const since = attributes.get("splitter") === "random" ? 6 : sinceMinor;
  return attributes.since(1, since) && !byDistance && attributes.get("monotonic_cst") === undefined;
}

export function leafValues({ values, width }: Tree, node: number, out: Float64Array, at: number): void {
  for (let index = 0; index < width; index++) out[at + index] = values[node * width + index]!;
}

/** Leaf values are the weights of the classes in files before 1.4, and their probabilities since. */
export function leafProbabilities(attributes: EstimatorAttributes, { outputs, width }: Tree): typeof leafValues {
  if (attributes.since(1, 4)) return leafValues;
  const classes = width / outputs;
  return function fillProbabilities({ values }, node, out, at) {
    for (let start = 0; start < width; start += classes) {
      const from = node * width + start;
      const sum = pairwiseSum(values, from, classes) || 1;
      for (let index = 0; index < classes; index++) out[at + start + index] = values[from + index]! / sum;
    }
  };
}

/** The mean of the trees' numbers, added in the order of the trees. */
export function meansOf(forest: PackedForest, missing: boolean): Scores {
  const { trees, width } = forest;
  return (table) => {
    const rows = float32Rows(table, missing);
    const data = new Float64Array(rows.rows * width);
    addLeaves(forest, rows, data, width);
    if (trees > 1) for (let index = 0; index < data.length; index++) data[index] = data[index]! / trees;
    return { rows: rows.rows, data };
  };
}

/** A regressor's prediction: a list for each row where it was fitted on several targets. */
export function numbers(scores: Scores, outputs: number): ModelMethod {
  return {
    output: outputs > 1 ? { kind: "number", columns: outputs } : { kind: "number" },
    run(table) {
      const { rows, data } = scores(table);
      return { shape: outputs > 1 ? [rows, outputs] : [rows], data };
    },
  };
}

export function classifier(
  attributes: EstimatorAttributes,
  { outputs, width }: Tree,
  scores: Scores,
  means: Scores,
): { readonly classes?: readonly Scalar[]; readonly methods: ReadonlyMap<MethodName, ModelMethod> } {
  const lists = attributes.classLists();
  const widest = Math.max(...lists.map((list) => list.length));
  if (lists.length !== outputs || width !== outputs * widest || lists.some((list) => list.length === 0)) {
    const classes = lists.map((list) => list.length).join(", ");
    throw attributes.inconsistent(`${classes} classes, and its tree has ${width} values for ${outputs} outputs`);
  }
  const probabilities = probabilitiesOf(lists, widest, means);
  return {
    ...(outputs === 1 && { classes: lists[0]! }),
    methods: new Map([
      ["predict", labelsOfLargest(lists, widest, scores)],
      ["predict_proba", probabilities],
      ["predict_log_proba", logarithmOf(probabilities)],
    ]),
  };
}
