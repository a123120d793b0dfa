// Decision trees and the forests that average them.

import { TepalError } from "../../base/index.js";
import type { ModelMethod } from "../create-model.js";
import { type Matrix, matrixOf } from "../matrix.js";
import { labelOfLargest, logarithmOf } from "../methods.js";
import type { MethodName, Scalar } from "../model.js";
import { pairwiseSum } from "../numpy/pairwise-sum.js";
import { Instance, type Value } from "../pickle/values.js";
import type { Estimator, EstimatorClass } from "./estimator.js";
import { numberInputs } from "./inputs.js";
import { State } from "./state.js";
import { leafOf, readTree, type Tree } from "./tree.js";

const treePaths = ["sklearn.tree._classes", "sklearn.tree.tree"];
const forestPaths = ["sklearn.ensemble._forest", "sklearn.ensemble.forest"];

export const treeClasses: readonly EstimatorClass[] = [
  { name: "DecisionTreeClassifier", module: "sklearn.tree", paths: treePaths, read: readTreeClassifier },
  { name: "DecisionTreeRegressor", module: "sklearn.tree", paths: treePaths, read: readTreeRegressor },
  { name: "ExtraTreeClassifier", module: "sklearn.tree", paths: treePaths, read: readTreeClassifier },
  { name: "ExtraTreeRegressor", module: "sklearn.tree", paths: treePaths, read: readTreeRegressor },
  { name: "RandomForestClassifier", module: "sklearn.ensemble", paths: forestPaths, read: readForestClassifier },
  { name: "RandomForestRegressor", module: "sklearn.ensemble", paths: forestPaths, read: readForestRegressor },
  { name: "ExtraTreesClassifier", module: "sklearn.ensemble", paths: forestPaths, read: readForestClassifier },
  { name: "ExtraTreesRegressor", module: "sklearn.ensemble", paths: forestPaths, read: readForestRegressor },
];

/** Nodes of one forest, a tree counted as often as it is named: one row's answer may pass them all. */
const nodesMax = 200_000_000;

/** Trees of one forest. */
const treesMax = 100_000;

const treeParameters = ["criterion", "max_depth", "min_samples_leaf"];

function readTreeClassifier(state: State): Estimator {
  const classes = state.classes();
  const tree = readTree(state.get("tree_"), state);
  checkClasses(tree, classes, state);
  const probabilities = averaged([probabilitiesOf(tree, state)], true);
  // The label comes from the leaf's values as they are stored, not from the quotients.
  const labels = averaged([tree], true);
  return {
    ...common(state, tree, takesMissing(state, 3)),
    classes,
    methods: classifierMethods(classes, labels, probabilities),
    parameters: { ...state.parameters(...treeParameters), nodes: tree.feature.length },
  };
}

function readTreeRegressor(state: State): Estimator {
  const tree = readTree(state.get("tree_"), state);
  return {
    ...common(state, tree, takesMissing(state, 3)),
    methods: new Map([["predict", averaged([tree], tree.outputs > 1)]]),
    parameters: { ...state.parameters(...treeParameters), nodes: tree.feature.length },
  };
}

function readForestClassifier(state: State): Estimator {
  const classes = state.classes();
  const { trees, missing } = readForest(state);
  for (const { tree } of trees) checkClasses(tree, classes, state);
  const probabilities = averaged(
    trees.map((member) => probabilitiesOf(member.tree, member.state)),
    true,
  );
  return {
    ...common(state, trees[0]!.tree, missing),
    classes,
    methods: classifierMethods(classes, probabilities, probabilities),
    parameters: { trees: trees.length, ...state.parameters(...treeParameters) },
  };
}

function readForestRegressor(state: State): Estimator {
  const { trees, missing } = readForest(state);
  const [first] = trees;
  return {
    ...common(state, first!.tree, missing),
    methods: new Map([
      [
        "predict",
        averaged(
          trees.map(({ tree }) => tree),
          first!.tree.outputs > 1,
        ),
      ],
    ]),
    parameters: { trees: trees.length, ...state.parameters(...treeParameters) },
  };
}

interface Member {
  readonly tree: Tree;
  readonly state: State;
}

/** The trees of `estimators_`. One that the file names many times is read once. */
function readForest(state: State): { readonly trees: readonly Member[]; readonly missing: boolean } {
  const list = state.get("estimators_");
  if (!Array.isArray(list) || list.length === 0 || list.length > treesMax) {
    throw state.expected(`a list of up to ${treesMax} trees`, ["estimators_"], list);
  }
  const members = new Map<Value, Member>();
  const trees = list.map((item): Member => {
    const before = members.get(item);
    if (before) return before;
    const row =
      item instanceof Instance &&
      treeClasses.find(({ name, paths }) => name === item.global.name && paths === treePaths);
    if (!row) throw state.expected("a decision tree", ["estimators_"], item);
    const treeState = new State(item as Instance, `${row.module}.${row.name}`);
    const member = { tree: readTree(treeState.get("tree_"), treeState), state: treeState };
    members.set(item, member);
    return member;
  });
  const [first] = trees;
  let nodes = 0;
  for (const { tree } of trees) {
    nodes += tree.feature.length;
    if (nodes > nodesMax) throw state.inconsistent(`its trees have more than ${nodesMax} nodes`);
    if (tree.features !== first!.tree.features || tree.width !== first!.tree.width) {
      throw state.inconsistent("its trees differ in features or outputs");
    }
  }
  return { trees, missing: takesMissing(first!.state, 4) };
}

function common(state: State, tree: Tree, missing: boolean) {
  const inputs = numberInputs(state, tree.features, missing);
  return { type: state.type, version: state.version, inputs, keepsMissing: false };
}

/** Trees take missing values from 1.3 on, forests from 1.4, random splits from 1.6; never with these two settings. */
function takesMissing(state: State, sinceMinor: number): boolean {
  const criterion = state.get("criterion");
  const byDistance = criterion === "absolute_error" || criterion === "mae";
  const since = state.get("splitter") === "random" ? 6 : sinceMinor;
  return state.since(1, since) && !byDistance && state.get("monotonic_cst") === undefined;
}

function checkClasses({ width, outputs }: Tree, classes: readonly Scalar[], state: State): void {
  if (outputs !== 1) throw state.unsupported(`${outputs} outputs are not supported; one is`);
  if (width !== classes.length) throw state.inconsistent(`${classes.length} classes, and its tree has ${width}`);
}

/** Leaf values hold the weights of the classes in files before 1.4, and their shares since. */
function probabilitiesOf(tree: Tree, state: State): Tree {
  if (state.since(1, 4)) return tree;
  const { width } = tree;
  const values = tree.values.slice();
  for (let start = 0; start < values.length; start += width) {
    const sum = pairwiseSum(values, start, width) || 1;
    for (let index = start; index < start + width; index++) values[index] = values[index]! / sum;
  }
  return { ...tree, values };
}

function classifierMethods(
  classes: readonly Scalar[],
  scores: ModelMethod,
  probabilities: ModelMethod,
): ReadonlyMap<MethodName, ModelMethod> {
  return new Map([
    ["predict", labelOfLargest(classes, scores)],
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(probabilities)],
  ]);
}

/** The mean of the trees' leaf values, added in the order of the trees. `wide`: a list for each row, even of one. */
function averaged(trees: readonly Tree[], wide: boolean): ModelMethod {
  const { width } = trees[0]!;
  return {
    answers: wide ? { kind: "number", columns: width } : { kind: "number" },
    run(table) {
      const matrix = matrixOf(table);
      const rows = toFloat32(matrix);
      const out = new Float64Array(matrix.rows * width);
      for (const tree of trees) {
        for (let row = 0; row < matrix.rows; row++) {
          const leaf = leafOf(tree, rows, row * matrix.columns) * width;
          for (let index = 0; index < width; index++) out[row * width + index]! += tree.values[leaf + index]!;
        }
      }
      if (trees.length > 1) for (let index = 0; index < out.length; index++) out[index] = out[index]! / trees.length;
      return { shape: wide ? [matrix.rows, width] : [matrix.rows], data: out };
    },
  };
}

/** scikit-learn's trees see float32. @throws TepalError "input-too-large" for a number that is none there */
function toFloat32({ rows, columns, data }: Matrix): Float32Array {
  const rounded = Float32Array.from(data);
  for (let index = 0; index < rows * columns; index++) {
    if (Math.abs(rounded[index]!) !== Number.POSITIVE_INFINITY) continue;
    const place = { row: Math.floor(index / columns) + 1, column: (index % columns) + 1 };
    throw new TepalError(
      "input-too-large",
      `${data[index]} in row ${place.row}, column ${place.column} is too large: trees compare 32-bit floats`,
      { place },
    );
  }
  return rounded;
}
