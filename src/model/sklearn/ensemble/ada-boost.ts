// AdaBoostClassifier and AdaBoostRegressor.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { divideBySum, softmaxInPlace } from "../../estimator/links.js";
import {
  inputsOfAll,
  labelsMethod,
  largestPlaces,
  methodOf,
  numbersMethod,
  oneColumn,
  readSubEstimators,
} from "../../estimator/meta-estimator.js";
import { numbersFrom } from "../../estimator/numbers.js";
import { exp } from "../../math/exp.js";
import { log } from "../../math/log.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";

const paths = ["sklearn.ensemble._weight_boosting", "sklearn.ensemble.weight_boosting"];

export const adaBoostClasses: readonly EstimatorClass[] = [
  { name: "AdaBoostClassifier", paths, read: readAdaBoostClassifier },
  { name: "AdaBoostRegressor", paths, read: readRegressor },
];

/** Probabilities below this are raised to it, so that their logarithm is a number. */
const shareMin = 2 ** -52;

export function readAdaBoostClassifier(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): EstimatorDefinition {
  const classes = attributes.classes();
  const width = classes.length;
  if (width < 2) throw attributes.unsupported("a model of one class is not supported");
  const { parts, weights, common } = readMembers(attributes, readSubEstimator);
  const byShares = attributes.get("algorithm") === "SAMME.R" && !attributes.since(1, 6);
  const adders = parts.map((part, index) =>
    byShares ? addProbabilities(attributes, part, width) : addVotes(attributes, part, classes, weights[index]!),
  );
  // All weights are in the sum, even of stages that were never fitted.
  const sum = pairwiseSum(weights, 0, weights.length);
  const decide = (table: Table) => {
    const out = new Float64Array(table.rows * width);
    for (const add of adders) add(table, out);
    return out.map((value) => value / sum);
  };
  const decideTwo = (table: Table) => {
    const values = decide(table);
    return Float64Array.from({ length: table.rows }, (_, row) => values[2 * row + 1]! - values[2 * row]!);
  };
  const methods = new Map<MethodName, ModelMethod>([
    [
      "predict",
      width === 2
        ? labelsMethod(classes, (table) => decideTwo(table).map((value) => (value > 0 ? 1 : 0)))
        : labelsMethod(classes, (table) => largestPlaces(decide(table), width)),
    ],
  ]);
  const probabilities =
    byShares || attributes.since(0, 21)
      ? numbersMethod(width, (table) => probabilitiesOf(width === 2 ? decideTwo(table) : decide(table), width))
      : oldProbabilities(attributes, parts, weights, width);
  methods.set("predict_proba", probabilities).set("predict_log_proba", logarithmOf(probabilities));
  methods.set("decision_function", width === 2 ? numbersMethod(undefined, decideTwo) : numbersMethod(width, decide));
  return { ...common, classes, methods };
}

function readMembers(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator) {
  const parts = readSubEstimators(attributes, readSubEstimator);
  const weights = attributes.numbers(["estimator_weights_"]);
  if (weights.length < parts.length) {
    throw attributes.inconsistent(`${parts.length} estimators have ${weights.length} weights`);
  }
  const common = {
    inputs: inputsOfAll(attributes, parts),
    parameters: {
      estimators: parts.length,
      estimator: parts[0]!.type,
      ...attributes.parameters("algorithm", "learning_rate", "loss"),
    },
  };
  return { parts, weights, common };
}

/** SAMME.R: the logarithms of the probabilities, without their mean. */
function addProbabilities(
  attributes: EstimatorAttributes,
  part: Estimator,
  width: number,
): (table: Table, out: Float64Array) => void {
  const method = methodOf(attributes, part, "predict_proba");
  const logs = new Float64Array(width);
  return (table, out) => {
    const { rows, columns, data } = numbersFrom(method, table);
    if (columns !== width) throw attributes.inconsistent(`an inner estimator has ${columns} classes of ${width}`);
    for (let row = 0; row < rows; row++) {
      for (let index = 0; index < width; index++) logs[index] = log(Math.max(data[row * width + index]!, shareMin));
      const mean = (1 / width) * pairwiseSum(logs, 0, width);
      for (let index = 0; index < width; index++) out[row * width + index]! += (width - 1) * (logs[index]! - mean);
    }
  };
}

/** SAMME before 0.21: from the weighted mean of the estimators' own probabilities. */
function oldProbabilities(
  attributes: EstimatorAttributes,
  parts: readonly Estimator[],
  weights: Float64Array,
  width: number,
): ModelMethod {
  const members = parts.map((part) => methodOf(attributes, part, "predict_proba"));
  const sum = pairwiseSum(weights, 0, weights.length);
  return numbersMethod(width, (table) => {
    const out = new Float64Array(table.rows * width);
    for (const [index, member] of members.entries()) {
      const { columns, data } = numbersFrom(member, table);
      if (columns !== width) throw attributes.inconsistent(`an inner estimator has ${columns} classes of ${width}`);
      for (let at = 0; at < out.length; at++) out[at] = out[at]! + data[at]! * weights[index]!;
    }
    for (let at = 0; at < out.length; at++) out[at] = exp((1 / (width - 1)) * (out[at]! / sum));
    for (let start = 0; start < out.length; start += width) divideBySum(out, start, width);
    return out;
  });
}

/** SAMME: the weight for the predicted class; from 1.3 on the others lose together as much. */
function addVotes(
  attributes: EstimatorAttributes,
  part: Estimator,
  classes: readonly Scalar[],
  weight: number,
): (table: Table, out: Float64Array) => void {
  const method = methodOf(attributes, part, "predict");
  const places = new Map(classes.map((label, index) => [label, index]));
  const width = classes.length;
  const lost = attributes.since(1, 3) ? (-1 / (width - 1)) * weight : 0;
  return (table, out) => {
    const { data } = method.run(table);
    for (let row = 0; row < table.rows; row++) {
      const place = places.get(data[row]!);
      for (let index = 0; index < width; index++) out[row * width + index]! += index === place ? weight : lost;
    }
  };
}

function probabilitiesOf(decisions: Float64Array, width: number): Float64Array {
  const out = width === 2 ? new Float64Array(2 * decisions.length) : decisions.map((value) => value / (width - 1));
  if (width === 2) {
    for (const [row, value] of decisions.entries()) {
      out[2 * row] = -value / 2;
      out[2 * row + 1] = value / 2;
    }
  }
  for (let start = 0; start < out.length; start += width) softmaxInPlace(out, start, width);
  return out;
}

/** The weighted median of the estimators' predictions. */
function readRegressor(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const { parts, weights, common } = readMembers(attributes, readSubEstimator);
  const predicts = parts.map((part) => methodOf(attributes, part, "predict"));
  const median = (table: Table) => {
    const predictions = predicts.map((predict) => oneColumn(attributes, numbersFrom(predict, table)));
    return Float64Array.from({ length: table.rows }, (_, row) => {
      const order = predictions.map((_, index) => index).sort((a, b) => predictions[a]![row]! - predictions[b]![row]!);
      return predictions[medianOf(order, weights)]![row]!;
    });
  };
  return { ...common, methods: new Map([["predict", numbersMethod(undefined, median)]]) };
}

/** The first of `order` with which half of the weight is reached. */
function medianOf(order: readonly number[], weights: Float64Array): number {
  let sum = 0;
  const sums = order.map((index) => {
    sum += weights[index]!;
    return sum;
  });
  const half = sums.findIndex((reached) => reached >= 0.5 * sum);
  return order[Math.max(0, half)]!;
}
