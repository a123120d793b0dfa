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

function readTreeClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const tree = readTree(attributes.get("tree_"), attributes);
  const members = () => [{ attributes, tree }];
  const size = { trees: 1, nodes: tree.feature.length, width: tree.width };
  const probabilities = packForest(attributes, members(), size, leafProbabilities(attributes, tree));
  // The label comes from the stored leaf values, not from the quotients.
  const labels = attributes.since(1, 4) ? probabilities : packForest(attributes, members(), size, leafValues);
  const missing = takesMissing(attributes, 3);
  return {
    ...common(attributes, tree, missing),
    ...classifier(attributes, tree, meansOf(labels, missing), meansOf(probabilities, missing)),
    parameters: { ...attributes.parameters(...treeParameters), nodes: tree.feature.length },
  };
}

function readTreeRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const tree = readTree(attributes.get("tree_"), attributes);
  const size = { trees: 1, nodes: tree.feature.length, width: tree.width };
  const forest = packForest(attributes, [{ tree }], size, leafValues);
  const missing = takesMissing(attributes, 3);
  return {
    ...common(attributes, tree, missing),
    methods: new Map([["predict", numbers(meansOf(forest, missing), tree.outputs)]]),
    parameters: { ...attributes.parameters(...treeParameters), nodes: tree.feature.length },
  };
}
