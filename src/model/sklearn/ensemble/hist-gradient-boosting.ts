// HistGradientBoostingClassifier and HistGradientBoostingRegressor.

import { matrixOf } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type Inputs, numberInputs } from "../../estimator/inputs.js";
import { softmaxByLogSumExpInPlace, softmaxInPlace } from "../../estimator/links.js";
import type { Scores } from "../../estimator/several-labels.js";
import { exp } from "../../math/exp.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, type Value } from "../../pickle/values.js";
import { boostedMethods, numberOf } from "./boosting-methods.js";
import { type CategoryEncoder, readCategoryEncoder } from "./hist-categories.js";
import { type AddValues, packHistTrees } from "./hist-packed-forest.js";
import { readHistTrees } from "./hist-trees.js";
import { addHistValues, knownCategories } from "./hist-walk.js";

const paths = ["sklearn.ensemble._hist_gradient_boosting.gradient_boosting"];

export const histGradientBoostingClasses: readonly EstimatorClass[] = [
  { name: "HistGradientBoostingClassifier", paths, read: readClassifier },
  { name: "HistGradientBoostingRegressor", paths, read: readRegressor },
];

const parameters = ["loss", "learning_rate", "max_depth", "max_leaf_nodes"];

/** Losses whose raw score is the prediction, or its logarithm. */
const regressions: Readonly<Record<string, "identity" | "log" | undefined>> = {
  absolute_error: "identity",
  gamma: "log",
  least_absolute_deviation: "identity",
  least_squares: "identity",
  poisson: "log",
  quantile: "identity",
  squared_error: "identity",
};

function readClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const { raw, width, common } = readIterations(attributes);
  if (classes.length < 2 || width !== (classes.length === 2 ? 1 : classes.length)) {
    throw attributes.inconsistent(`${classes.length} classes and ${width} trees in an iteration`);
  }
  return {
    ...common,
    classes,
    methods: boostedMethods({
      classes,
      raw,
      labelFrom: attributes.since(1, 5) ? "score above 0" : "probability",
      factor: 1,
      toProbabilities: attributes.since(1, 1) ? softmaxInPlace : softmaxByLogSumExpInPlace,
      hasLogarithms: false,
    }),
  };
}

function readRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const loss = attributes.text("loss");
  const link = Object.hasOwn(regressions, loss) ? regressions[loss] : undefined;
  if (!link) throw attributes.unsupported(`the loss is not one of ${Object.keys(regressions).join(", ")}`);
  const { raw, width, common } = readIterations(attributes);
  if (width !== 1) throw attributes.inconsistent(`a regressor has ${width} trees in an iteration`);
  const exponential: Scores = (table) => {
    const { rows, data } = raw(table);
    return { rows, data: data.map(exp) };
  };
  return { ...common, methods: new Map([["predict", numberOf(link === "log" ? exponential : raw)]]) };
}

/** The raw scores: the baseline, and each tree's value for the row. */
function readIterations(attributes: EstimatorAttributes) {
  const predictors = readPredictors(attributes);
  const width = predictors[0]!.length;
  const mapper = attributes.get("_bin_mapper", "bin_mapper_");
  const thresholds = mapper instanceof Instance ? mapper.attributes.get("bin_thresholds_") : undefined;
  if (!Array.isArray(thresholds)) throw attributes.expected("the columns' bins", ["_bin_mapper"], mapper);
  const features = thresholds.length;
  const trees = readHistTrees(predictors.flat(), features, attributes);

  const encoder = readCategoryEncoder(attributes, features);
  const isCategory = encoder ? encoder.isCategory : maskOf(attributes, "is_categorical_", features);
  const known = knownCategories(
    thresholds.map((values, column) => {
      if (!isCategory[column]) return undefined;
      if (!(values instanceof NdArray)) throw attributes.expected("a column's categories", ["bin_thresholds_"], values);
      return values.toNumbers();
    }),
  );
  if (trees.set.some((set, node) => set >= 0 && known.starts[trees.feature[node]!]! < 0)) {
    throw attributes.inconsistent("a tree splits a numerical column by category");
  }
  const addValues: AddValues = trees.set.every((set) => set < 0)
    ? packHistTrees(trees, features, attributes)
    : (matrix, out, stride) => addHistValues(trees, known, matrix, out, stride);
  const baseline = readBaseline(attributes, width);
  const encode = encoder ? encoder.encode : (table: Table) => matrixOf(table);
  const raw: Scores = (table) => {
    const matrix = encode(table);
    const data = new Float64Array(matrix.rows * width);
    for (let at = 0; at < data.length; at += width) data.set(baseline, at);
    addValues(matrix, data, width);
    return { rows: matrix.rows, data };
  };
  const common = {
    inputs: inputsOf(attributes, features, encoder),
    parameters: { trees: trees.roots.length, ...attributes.parameters(...parameters) },
  };
  return { raw, width, common };
}

/** A list for each iteration, as long as there are classes (one for two). */
function readPredictors(attributes: EstimatorAttributes): readonly (readonly Value[])[] {
  const value = attributes.items("_predictors", "a list of iterations");
  return value.map((iteration) => {
    const first = value[0]!;
    if (
      !Array.isArray(iteration) ||
      !Array.isArray(first) ||
      iteration.length === 0 ||
      iteration.length !== first.length
    ) {
      throw attributes.expected("iterations of as many trees each", ["_predictors"], iteration);
    }
    return iteration;
  });
}

function readBaseline(attributes: EstimatorAttributes, width: number): Float64Array {
  const value = attributes.get("_baseline_prediction");
  if (typeof value === "number") return new Float64Array(width).fill(value);
  return attributes.numbers(["_baseline_prediction"], width);
}

/** A mask of columns; undefined where the file has None. */
function maskOf(attributes: EstimatorAttributes, name: string, count: number): readonly boolean[] {
  const value = attributes.get(name);
  if (!(value instanceof NdArray)) return new Array<boolean>(count).fill(false);
  if (value.size !== count) throw attributes.inconsistent(`${name} has ${value.size} columns of ${count}`);
  return Array.from(value.toNumbers(), (item) => item !== 0);
}

function inputsOf(attributes: EstimatorAttributes, features: number, encoder: CategoryEncoder | undefined): Inputs {
  const inputs = numberInputs(attributes, features, true);
  if (!encoder) return inputs;
  return { ...inputs, features: () => inputs.features().map((feature, column) => encoder.describe(feature, column)) };
}
