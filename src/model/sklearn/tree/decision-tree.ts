// Decision trees and the forests that average them.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { labelsOfLargest, type Scores, sharesOf } from "../../estimator/several-labels.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance, type Value } from "../../pickle/values.js";
import { float32Rows } from "./float32-rows.js";
import { addLeaves, type Grove, plantGrove } from "./packed-forest.js";
import { countNodes, readTree, type Tree } from "./tree.js";

const treePaths = ["sklearn.tree._classes", "sklearn.tree.tree"];
const forestPaths = ["sklearn.ensemble._forest", "sklearn.ensemble.forest"];

export const treeClasses: readonly EstimatorClass[] = [
  { name: "DecisionTreeClassifier", module: "sklearn.tree", paths: treePaths, read: readTreeClassifier },
  { name: "DecisionTreeRegressor", module: "sklearn.tree", paths: treePaths, read: readTreeRegressor },
  { name: "ExtraTreeClassifier", module: "sklearn.tree", paths: treePaths, read: readTreeClassifier },
  { name: "ExtraTreeRegressor", module: "sklearn.tree", paths: treePaths, read: readTreeRegressor },
];

export const forestClasses: readonly EstimatorClass[] = [
  { name: "RandomForestClassifier", module: "sklearn.ensemble", paths: forestPaths, read: readForestClassifier },
  { name: "RandomForestRegressor", module: "sklearn.ensemble", paths: forestPaths, read: readForestRegressor },
  { name: "ExtraTreesClassifier", module: "sklearn.ensemble", paths: forestPaths, read: readForestClassifier },
  { name: "ExtraTreesRegressor", module: "sklearn.ensemble", paths: forestPaths, read: readForestRegressor },
];

/** Trees of one forest. */
const treesMax = 100_000;

const treeParameters = ["criterion", "max_depth", "min_samples_leaf"];

/** A tree of an ensemble, with what its own estimator says. */
export interface Member {
  readonly state: State;
  readonly tree: Tree;
}

function readTreeClassifier(state: State): Estimator {
  const tree = readTree(state.get("tree_"), state);
  const members = () => [{ state, tree }];
  const size = { trees: 1, nodes: tree.feature.length, width: tree.width };
  const probabilities = plantGrove(state, members(), size, leafShares(state, tree));
  // The label comes from the leaf's values as they are stored, not from the quotients.
  const labels = state.since(1, 4) ? probabilities : plantGrove(state, members(), size, leafValues);
  const missing = takesMissing(state, 3);
  return {
    ...common(state, tree, missing),
    ...classifier(state, tree, meansOf(labels, missing), meansOf(probabilities, missing)),
    parameters: { ...state.parameters(...treeParameters), nodes: tree.feature.length },
  };
}

function readTreeRegressor(state: State): Estimator {
  const tree = readTree(state.get("tree_"), state);
  const size = { trees: 1, nodes: tree.feature.length, width: tree.width };
  const grove = plantGrove(state, [{ tree }], size, leafValues);
  const missing = takesMissing(state, 3);
  return {
    ...common(state, tree, missing),
    methods: new Map([["predict", numbers(meansOf(grove, missing), tree.outputs)]]),
    parameters: { ...state.parameters(...treeParameters), nodes: tree.feature.length },
  };
}

function readForestClassifier(state: State): Estimator {
  const { first, size, members } = readMembers(state, state.items("estimators_", "a list of trees"));
  const grove = plantGrove(state, members(), size, leafShares(first.state, first.tree));
  const missing = takesMissing(first.state, 4);
  const means = meansOf(grove, missing);
  return {
    ...common(state, first.tree, missing),
    ...classifier(state, first.tree, means, means),
    parameters: { trees: size.trees, ...state.parameters(...treeParameters) },
  };
}

function readForestRegressor(state: State): Estimator {
  const { first, size, members } = readMembers(state, state.items("estimators_", "a list of trees"));
  const grove = plantGrove(state, members(), size, leafValues);
  const missing = takesMissing(first.state, 4);
  return {
    ...common(state, first.tree, missing),
    methods: new Map([["predict", numbers(meansOf(grove, missing), first.tree.outputs)]]),
    parameters: { trees: size.trees, ...state.parameters(...treeParameters) },
  };
}

/** What a list of trees holds: the first, the size of all, and each in turn. All have the first one's width; and its features, unless each has columns of its own. */
export function readMembers(
  state: State,
  list: readonly Value[],
  sameFeatures = true,
): {
  readonly first: Member;
  readonly size: { readonly trees: number; readonly nodes: number; readonly width: number };
  readonly members: () => Iterable<Member>;
} {
  if (list.length === 0 || list.length > treesMax) {
    throw state.inconsistent(`it has ${list.length} trees; from 1 to ${treesMax} are read`);
  }
  const items = list.map((item) => treeState(state, item));
  // A small file could name one tree 100,000 times.
  if (new Set(items.map((item) => item.get("tree_"))).size < items.length)
    throw state.inconsistent("two of its trees are one");
  const first = { state: items[0]!, tree: readTree(items[0]!.get("tree_"), state) };
  const { features, width } = first.tree;
  const nodes = items.reduce((sum, item) => sum + countNodes(item.get("tree_")), 0);
  return {
    first,
    size: { trees: items.length, nodes, width },
    *members() {
      for (const item of items) {
        const tree = readTree(item.get("tree_"), state);
        if (tree.width !== width || (sameFeatures && tree.features !== features)) {
          throw state.inconsistent("its trees differ in features or outputs");
        }
        yield { state: item, tree };
      }
    },
  };
}

function treeState(state: State, item: Value): State {
  const row =
    item instanceof Instance &&
    treeClasses.find(({ name, paths }) => name === item.global.name && paths.includes(item.global.module));
  if (!row) throw state.expected("a decision tree", ["estimators_"], item);
  return new State(item as Instance, `${row.module}.${row.name}`);
}

function common(state: State, tree: Tree, missing: boolean) {
  const inputs = numberInputs(state, tree.features, missing);
  return { type: state.type, version: state.version, inputs, keepsMissing: false };
}

/** Trees take missing values from 1.3 on, forests from 1.4, random splits from 1.6; never with these two settings. */
export function takesMissing(state: State, sinceMinor: number): boolean {
  const criterion = state.get("criterion");
  const byDistance = criterion === "absolute_error" || criterion === "mae";
  const since = state.get("splitter") === "random" ? 6 : sinceMinor;
  return state.since(1, since) && !byDistance && state.get("monotonic_cst") === undefined;
}

function leafValues({ values, width }: Tree, node: number, out: Float64Array, at: number): void {
  for (let index = 0; index < width; index++) out[at + index] = values[node * width + index]!;
}

/** Leaf values hold the weights of the classes in files before 1.4, and their shares since. */
function leafShares(state: State, { outputs, width }: Tree): typeof leafValues {
  if (state.since(1, 4)) return leafValues;
  const classes = width / outputs;
  return function fillShares({ values }, node, out, at) {
    for (let start = 0; start < width; start += classes) {
      const from = node * width + start;
      const sum = pairwiseSum(values, from, classes) || 1;
      for (let index = 0; index < classes; index++) out[at + start + index] = values[from + index]! / sum;
    }
  };
}

/** The mean of the trees' numbers, added in the order of the trees. */
function meansOf(grove: Grove, missing: boolean): Scores {
  const { trees, width } = grove;
  return (table) => {
    const rows = float32Rows(table, missing);
    const data = new Float64Array(rows.rows * width);
    addLeaves(grove, rows, data, width);
    if (trees > 1) for (let index = 0; index < data.length; index++) data[index] = data[index]! / trees;
    return { rows: rows.rows, data };
  };
}

/** A regressor's answer: a list for each row where it was fitted on several targets. */
function numbers(scores: Scores, outputs: number): ModelMethod {
  return {
    answers: outputs > 1 ? { kind: "number", columns: outputs } : { kind: "number" },
    run(table) {
      const { rows, data } = scores(table);
      return { shape: outputs > 1 ? [rows, outputs] : [rows], data };
    },
  };
}

function classifier(
  state: State,
  { outputs, width }: Tree,
  scores: Scores,
  shares: Scores,
): { readonly classes?: readonly Scalar[]; readonly methods: ReadonlyMap<MethodName, ModelMethod> } {
  const lists = state.classLists();
  const widest = Math.max(...lists.map((list) => list.length));
  if (lists.length !== outputs || width !== outputs * widest || lists.some((list) => list.length === 0)) {
    const classes = lists.map((list) => list.length).join(", ");
    throw state.inconsistent(`${classes} classes, and its tree has ${width} values for ${outputs} outputs`);
  }
  const probabilities = sharesOf(lists, widest, shares);
  return {
    ...(outputs === 1 && { classes: lists[0]! }),
    methods: new Map([
      ["predict", labelsOfLargest(lists, widest, scores)],
      ["predict_proba", probabilities],
      ["predict_log_proba", logarithmOf(probabilities)],
    ]),
  };
}
