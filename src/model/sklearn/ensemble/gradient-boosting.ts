// GradientBoostingClassifier and GradientBoostingRegressor: an initial estimator, and trees that are added stage by
// stage.

import type { Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { logit, softmaxByLogSumExpInPlace, softmaxInPlace } from "../../estimator/links.js";
import type { Scores } from "../../estimator/several-labels.js";
import { exp } from "../../math/exp.js";
import { log } from "../../math/log.js";
import { NdArray } from "../../numpy/ndarray.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance } from "../../pickle/values.js";
import { addLeaves, float32Rows, packForest, readMembers } from "../tree/index.js";
import { boostedMethods, numberOf } from "./boosting-methods.js";

const paths = ["sklearn.ensemble._gb", "sklearn.ensemble.gradient_boosting"];

export const gradientBoostingClasses: readonly EstimatorClass[] = [
  { name: "GradientBoostingClassifier", paths, read: readClassifier },
  { name: "GradientBoostingRegressor", paths, read: readRegressor },
];

const parameters = ["loss", "learning_rate", "max_depth", "subsample"];

function readRegressor(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const { raw, width, common } = readStages(attributes, readSubEstimator, undefined);
  if (width !== 1) throw attributes.inconsistent(`a regressor has ${width} trees in a stage`);
  return { ...common, methods: new Map([["predict", numberOf(raw)]]) };
}

function readClassifier(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const classes = attributes.classes();
  const { raw, width, common } = readStages(attributes, readSubEstimator, classes);
  if (classes.length < 2 || width !== (classes.length === 2 ? 1 : classes.length)) {
    throw attributes.inconsistent(`${classes.length} classes and ${width} trees in a stage`);
  }
  const exponential = attributes.get("loss") === "exponential";
  return {
    ...common,
    classes,
    methods: boostedMethods({
      classes,
      raw,
      labelFrom: attributes.since(1, 4) || exponential ? "score from 0" : "probability",
      factor: exponential ? 2 : 1,
      toProbabilities: attributes.since(1, 4) ? softmaxInPlace : softmaxByLogSumExpInPlace,
      hasLogarithms: true,
    }),
  };
}

/** The raw scores: those of the initial estimator, and for each stage the learning rate times its trees' leaves. */
function readStages(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  classes: readonly Scalar[] | undefined,
) {
  const stages = attributes.array("estimators_");
  const [, width] = stages.shape;
  if (stages.shape.length !== 2 || !width) throw attributes.inconsistent("estimators_ is not a table of trees");
  const { first, size, members } = readMembers(attributes, stages.objects());
  if (size.width !== 1) throw attributes.inconsistent("a tree returns more than one number");
  const rate = attributes.number("learning_rate");
  const forest = packForest(attributes, members(), size, ({ values }, node, out, at) => {
    out[at] = rate * values[node]!;
  });
  const fillInitial = readInitial(attributes, readSubEstimator, classes, width, first.tree.features);
  const raw: Scores = (table) => {
    const rows = float32Rows(table, false);
    const data = new Float64Array(rows.rows * width);
    fillInitial(rows, data);
    addLeaves(forest, rows, data, width);
    return { rows: rows.rows, data };
  };
  const common = {
    inputs: numberInputs(attributes, first.tree.features, false),
    parameters: { trees: size.trees, ...attributes.parameters(...parameters) },
  };
  return { raw, width, common };
}

type FillInitial = (
  rows: { readonly rows: number; readonly columns: number; readonly data: Float32Array },
  out: Float64Array,
) => void;

/** Initial estimators of scikit-learn before 0.21, and the attribute that holds their raw score. */
const oldInitials: Readonly<Record<string, string | undefined>> = {
  LogOddsEstimator: "prior",
  MeanEstimator: "mean",
  PriorProbabilityEstimator: "priors",
  QuantileEstimator: "quantile",
  ScaledLogOddsEstimator: "prior",
};

function readInitial(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  classes: readonly Scalar[] | undefined,
  width: number,
  features: number,
): FillInitial {
  const initial = attributes.get("init_");
  if (initial === "zero") return () => {};
  const name = initial instanceof Instance ? initial.global.name : "";
  if (initial instanceof Instance && initial.global.module === "sklearn.ensemble.gradient_boosting") {
    const value = initial.attributes.get(oldInitials[name] ?? "");
    const scores =
      value instanceof NdArray ? value.toNumbers() : Float64Array.of(typeof value === "number" ? value : 0);
    if (scores.length !== width) throw attributes.inconsistent(`init_ has ${scores.length} scores for ${width}`);
    return (_rows, out) => repeat(scores, out);
  }
  const estimator = readSubEstimator(initial, "the initial estimator of a GradientBoosting model");
  const method = estimator.methods.get(classes ? "predict_proba" : "predict");
  if (!method) throw attributes.inconsistent(`the initial estimator, a ${estimator.type}, has no probabilities`);
  const ask = (table: Table, out: Float64Array) => {
    const { shape, data } = method.run(table);
    const columns = shape[1] ?? 1;
    if (columns !== (classes?.length ?? 1))
      throw attributes.inconsistent(`the initial estimator returns ${columns} numbers`);
    for (let row = 0; row < table.rows; row++) {
      const numbers = Float64Array.from({ length: columns }, (_, column) => Number(data[row * columns + column]));
      if (classes) initialScores(numbers, attributes);
      out.set(width === 1 ? numbers.subarray(-1) : numbers, row * width);
    }
  };
  if (estimator.type.startsWith("sklearn.dummy.")) {
    const scores = new Float64Array(width);
    ask({ kind: "matrix", rows: 1, columns: features, data: new Float64Array(features) }, scores);
    return (_rows, out) => repeat(scores, out);
  }
  return ({ rows, columns, data }, out) => {
    ask({ kind: "matrix", rows, columns, data: Float64Array.from(data), single: true }, out);
  };
}

/**
 * Probabilities to raw scores, in place: the link function of the loss. With two classes only the second one's is used.
 */
function initialScores(values: Float64Array, attributes: EstimatorAttributes): void {
  const least = attributes.since(1, 8) ? 2 ** -52 : 2 ** -23;
  for (const [index, value] of values.entries()) values[index] = Math.min(Math.max(value, least), 1 - least);
  if (values.length === 2) {
    const half = attributes.get("loss") === "exponential" ? 0.5 : 1;
    const [, second] = values;
    values[1] = half * (attributes.since(1, 4) ? logit(second!) : log(second! / (1 - second!)));
    return;
  }
  if (!attributes.since(1, 4)) {
    for (const [index, value] of values.entries()) values[index] = log(value);
    return;
  }
  // scipy.stats.gmean: the exponential of the mean of the logarithms.
  const logs = values.map(log);
  const mean = exp(pairwiseSum(logs, 0, logs.length) / logs.length);
  for (const [index, value] of values.entries()) values[index] = log(value / mean);
}

function repeat(scores: Float64Array, out: Float64Array): void {
  for (let at = 0; at < out.length; at += scores.length) out.set(scores, at);
}
