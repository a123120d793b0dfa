// Forests: the mean of the trees' probabilities or values.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import {
  classifier,
  common,
  leafProbabilities,
  leafValues,
  meansOf,
  numbers,
  packForest,
  readMembers,
  takesMissing,
  treeParameters,
} from "../tree/index.js";

const forestPaths = ["sklearn.ensemble._forest", "sklearn.ensemble.forest"];

export const forestClasses: readonly EstimatorClass[] = [
  { name: "RandomForestClassifier", paths: forestPaths, read: readForestClassifier },
  { name: "RandomForestRegressor", paths: forestPaths, read: readForestRegressor },
  { name: "ExtraTreesClassifier", paths: forestPaths, read: readForestClassifier },
  { name: "ExtraTreesRegressor", paths: forestPaths, read: readForestRegressor },
];

function readForestClassifier(state: EstimatorAttributes): EstimatorDefinition {
  const { first, size, members } = readMembers(state, state.items("estimators_", "a list of trees"));
  const forest = packForest(state, members(), size, leafProbabilities(first.state, first.tree));
  const missing = takesMissing(first.state, 4);
  const means = meansOf(forest, missing);
  return {
    ...common(state, first.tree, missing),
    ...classifier(state, first.tree, means, means),
    parameters: { trees: size.trees, ...state.parameters(...treeParameters) },
  };
}

function readForestRegressor(state: EstimatorAttributes): EstimatorDefinition {
  const { first, size, members } = readMembers(state, state.items("estimators_", "a list of trees"));
  const forest = packForest(state, members(), size, leafValues);
  const missing = takesMissing(first.state, 4);
  return {
    ...common(state, first.tree, missing),
    methods: new Map([["predict", numbers(meansOf(forest, missing), first.tree.outputs)]]),
    parameters: { trees: size.trees, ...state.parameters(...treeParameters) },
  };
}
