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

export function readForestClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const { first, size, members } = readMembers(attributes, attributes.items("estimators_", "a list of trees"));
  const forest = packForest(attributes, members(), size, leafProbabilities(first.attributes, first.tree));
  const missing = takesMissing(first.attributes, 4);
  const means = meansOf(forest, missing);
  return {
    ...common(attributes, first.tree, missing),
    ...classifier(attributes, first.tree, means, means),
    parameters: { trees: size.trees, ...attributes.parameters(...treeParameters) },
  };
}

function readForestRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const { first, size, members } = readMembers(attributes, attributes.items("estimators_", "a list of trees"));
  const forest = packForest(attributes, members(), size, leafValues);
  const missing = takesMissing(first.attributes, 4);
  return {
    ...common(attributes, first.tree, missing),
    methods: new Map([["predict", numbers(meansOf(forest, missing), first.tree.outputs)]]),
    parameters: { trees: size.trees, ...attributes.parameters(...treeParameters) },
  };
}
