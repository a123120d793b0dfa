// Transformers of feature_engine that replace numbers and categories by predictions of decision trees, or add these.

import { matrixOf } from "../core/matrix.js";
import type { Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../estimator/estimator.js";
import { methodOf } from "../estimator/meta-estimator.js";
import { numbersFrom } from "../estimator/numbers.js";
import { roundTo } from "../numpy/elementwise.js";
import { Instance, Tuple, type Value } from "../pickle/values.js";
import { type ComputedColumns, cellwise, dictOf, labelsIn, type OutputColumn, tableNames } from "./cellwise.js";
import { readNumberEncoder } from "./encoders.js";
import { binsOf, numberColumn, variablesOf } from "./numbers.js";

export const treeClasses: readonly EstimatorClass[] = [
  treeClass("DecisionTreeDiscretiser", "discretisation.decision_tree", readDiscretiser),
  treeClass("DecisionTreeEncoder", "encoding.decision_tree", readEncoder),
  treeClass("DecisionTreeFeatures", "creation.decision_tree_features", readFeatures),
];

function treeClass(name: string, path: string, read: EstimatorClass["read"]): EstimatorClass {
  return { name, module: `feature_engine.${path.split(".")[0]}`, paths: [`feature_engine.${path}`], read };
}

function readDiscretiser(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const output = attributes.get("bin_output") ?? "prediction";
  if (output !== "prediction" && output !== "bin_number")
    throw attributes.unsupported("it returns the boundaries of bins as text");
  const binners = dictOf(attributes, "binner_dict_");
  const variables = new Set(variablesOf(attributes));
  const outputs = tableNames(attributes).map((from): OutputColumn | ComputedColumns => {
    if (!variables.has(from)) return { from };
    const binner = binners.get(from);
    if (output === "prediction") return predictions(attributes, readTree(readSubEstimator, binner), [from], false);
    const binOf = binsOf(attributes, binner);
    return { from, change: (cell) => binOf(Number(cell)) };
  });
  return cellwise(attributes, new Map(Array.from(variables, (name) => [name, numberColumn])), outputs);
}

/** Since 1.8 a number for each category; before, a pipeline of an encoder and a discretiser. */
function readEncoder(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const pipeline = attributes.get("encoder_");
  if (!(pipeline instanceof Instance)) return readNumberEncoder(attributes);
  return readSubEstimator(pipeline, `the encoder of a ${attributes.type}`);
}

/** Adds the predictions of a tree for each combination of columns. */
function readFeatures(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const variables = variablesOf(attributes);
  const combinations = attributes.items("input_features_", "combinations of columns");
  const trees = attributes.items("estimators_", "a tree for each combination");
  if (trees.length !== combinations.length)
    throw attributes.inconsistent(`it has ${trees.length} trees for ${combinations.length} combinations of columns`);
  const returnsLabels = !attributes.flag("regression") && attributes.get("_is_binary") !== "binary";
  const added = combinations.map((item, index) => {
    const isList = Array.isArray(item) || item instanceof Tuple;
    const reads = labelsIn(attributes, isList ? item : [item], "input_features_");
    return predictions(attributes, readTree(readSubEstimator, trees[index]), reads, returnsLabels);
  });
  const dropped = new Set<Scalar>(attributes.flag("drop_original") ? variables : []);
  const kept = tableNames(attributes).filter((name) => !dropped.has(name));
  const columns = new Map(variables.map((name) => [name, numberColumn]));
  return cellwise(attributes, columns, [...kept.map((from) => ({ from })), ...added]);
}

function readTree(readSubEstimator: ReadSubEstimator, value: Value | undefined): Estimator {
  return readSubEstimator(value, "a tree of a column");
}

/** A regression's prediction, the second class's probability, or a label; numbers rounded to `precision` digits. */
function predictions(
  attributes: EstimatorAttributes,
  tree: Estimator,
  reads: readonly Scalar[],
  returnsLabels: boolean,
): ComputedColumns {
  if (tree.inputs.count !== reads.length && tree.inputs.count !== "any")
    throw attributes.inconsistent(`a tree of ${tree.inputs.count} columns for ${reads.length}`);
  const isProbability = !returnsLabels && !attributes.flag("regression");
  const method = methodOf(attributes, tree, isProbability ? "predict_proba" : "predict");
  const digits = attributes.get("precision");
  const round = typeof digits === "number" && !returnsLabels ? roundTo(digits) : Number;
  return {
    reads,
    width: 1,
    compute(table: Table) {
      if (returnsLabels) return [Array.from(method.run(table).data)];
      const { rows, columns, data } = numbersFrom(method, { kind: "matrix", ...matrixOf(table) });
      if (columns < (isProbability ? 2 : 1)) throw attributes.inconsistent("a tree has only one class");
      const column = isProbability ? 1 : 0;
      return [Array.from({ length: rows }, (_, row) => round(data[row * columns + column]!))];
    },
  };
}
