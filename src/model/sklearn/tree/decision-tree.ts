// DecisionTreeClassifier, DecisionTreeRegressor and the trees with random splits.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { packForest } from "./packed-forest.js";
import { readTree } from "./tree.js";
import {
  classifier,
  common,
  leafProbabilities,
  leafValues,
  meansOf,
  numbers,
  takesMissing,
  treeParameters,
} from "./tree-methods.js";

const treePaths = ["sklearn.tree._classes", "sklearn.tree.tree"];

export const treeClasses: readonly EstimatorClass[] = [
  { name: "DecisionTreeClassifier", paths: treePaths, read: readTreeClassifier },
  { name: "DecisionTreeRegressor", paths: treePaths, read: readTreeRegressor },
  { name: "ExtraTreeClassifier", paths: treePaths, read: readTreeClassifier },
  { name: "ExtraTreeRegressor", paths: treePaths, read: readTreeRegressor },
];

function readTreeClassifier(state: EstimatorAttributes): EstimatorDefinition {
  const tree = readTree(state.get("tree_"), state);
  const members = () => [{ state, tree }];
  const size = { trees: 1, nodes: tree.feature.length, width: tree.width };
  const probabilities = packForest(state, members(), size, leafProbabilities(state, tree));
  // The label comes from the stored leaf values, not from the quotients.
  const labels = state.since(1, 4) ? probabilities : packForest(state, members(), size, leafValues);
  const missing = takesMissing(state, 3);
  return {
    ...common(state, tree, missing),
    ...classifier(state, tree, meansOf(labels, missing), meansOf(probabilities, missing)),
    parameters: { ...state.parameters(...treeParameters), nodes: tree.feature.length },
  };
}

function readTreeRegressor(state: EstimatorAttributes): EstimatorDefinition {
  const tree = readTree(state.get("tree_"), state);
  const size = { trees: 1, nodes: tree.feature.length, width: tree.width };
  const forest = packForest(state, [{ tree }], size, leafValues);
  const missing = takesMissing(state, 3);
  return {
    ...common(state, tree, missing),
    methods: new Map([["predict", numbers(meansOf(forest, missing), tree.outputs)]]),
    parameters: { ...state.parameters(...treeParameters), nodes: tree.feature.length },
  };
}
