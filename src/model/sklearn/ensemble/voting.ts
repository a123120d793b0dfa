// VotingClassifier and VotingRegressor.

import type { ModelMethod } from "../../core/create-model.js";
import { argmax } from "../../core/methods.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import {
  inputsOfAll,
  labelsMethod,
  largestPlaces,
  methodOf,
  numberedPlace,
  numbersMethod,
  putColumns,
  readSubEstimators,
} from "../../estimator/meta-estimator.js";
import { areSingle, type Floats, type Numbers, numbersFrom } from "../../estimator/numbers.js";
import { NdArray } from "../../numpy/ndarray.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Tuple } from "../../pickle/values.js";

const paths = ["sklearn.ensemble._voting", "sklearn.ensemble.voting", "sklearn.ensemble.voting_classifier"];

export const votingClasses: readonly EstimatorClass[] = [
  { name: "VotingClassifier", paths, read: readClassifier },
  { name: "VotingRegressor", paths, read: readRegressor },
];

function common(attributes: EstimatorAttributes, parts: readonly Estimator[]) {
  return {
    inputs: inputsOfAll(attributes, parts),
    parameters: {
      ...attributes.parameters("voting"),
      estimators: parts.map(({ type }) => type.split(".").at(-1)).join(", "),
    },
  };
}

function readRegressor(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const parts = readSubEstimators(attributes, readSubEstimator);
  const predicts = parts.map((part) => methodOf(attributes, part, "predict"));
  const weights = readWeights(attributes, parts.length);
  const each = (table: Table) => predicts.map((predict) => ({ ...numbersFrom(predict, table), columns: 1 }));
  return {
    ...common(attributes, parts),
    methods: new Map([
      ["predict", numbersMethod(undefined, (table) => averageOf(each(table), weights))],
      ["transform", numbersMethod(parts.length, (table) => sideBySide(each(table)))],
    ]),
  };
}

function readClassifier(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const classes = attributes.classes();
  const parts = readSubEstimators(attributes, readSubEstimator);
  const methods =
    attributes.get("voting") === "soft"
      ? softVotes(attributes, classes, parts)
      : hardVotes(attributes, classes, parts, (label) => numberedPlace(attributes, label, classes.length));
  return { ...common(attributes, parts), classes, methods };
}

/**
 * The class that most estimators predict. @param placeOf the number of a label: where the estimators were fitted on the
 * numbers of the classes, the label itself
 */
export function hardVotes(
  attributes: EstimatorAttributes,
  classes: readonly Scalar[],
  parts: readonly Estimator[],
  placeOf: (label: Scalar | undefined) => number,
): ReadonlyMap<MethodName, ModelMethod> {
  const weights = readWeights(attributes, parts.length);
  const predicts = parts.map((part) => methodOf(attributes, part, "predict"));
  const votes = (table: Table) =>
    predicts.map((predict): Numbers => {
      const { data } = predict.run(table);
      return { rows: table.rows, columns: 1, data: Float64Array.from(data, (label) => placeOf(label)) };
    });
  return new Map([
    ["predict", labelsMethod(classes, (table) => winners(votes(table), weights, classes.length))],
    ["transform", numbersMethod(parts.length, (table) => sideBySide(votes(table)))],
  ]);
}

/** The class with the largest mean probability. */
export function softVotes(
  attributes: EstimatorAttributes,
  classes: readonly Scalar[],
  parts: readonly Estimator[],
): ReadonlyMap<MethodName, ModelMethod> {
  const width = classes.length;
  const weights = readWeights(attributes, parts.length);
  const methods = parts.map((part) => methodOf(attributes, part, "predict_proba"));
  const each = (table: Table) => methods.map((method) => checked(attributes, numbersFrom(method, table), width));
  const mean = (table: Table) => averageOf(each(table), weights);
  return new Map<MethodName, ModelMethod>([
    ["predict", labelsMethod(classes, (table) => largestPlaces(mean(table), width))],
    ["predict_proba", numbersMethod(width, mean)],
    [
      "transform",
      // None is false before 0.21.
      (attributes.get("flatten_transform") ?? attributes.since(0, 21)) === false
        ? stacked(each, parts.length, width)
        : flattened(each, parts.length * width),
    ],
  ]);
}

/** Weights of the estimators that were not dropped; undefined for equal ones. */
function readWeights(attributes: EstimatorAttributes, count: number): Float64Array | undefined {
  const weights = attributes.get("weights");
  if (weights === undefined) return undefined;
  const numbers =
    weights instanceof NdArray
      ? weights.toNumbers()
      : Float64Array.from(attributes.items("weights", "a list of weights"), Number);
  const named = attributes.get("estimators");
  const dropped = (Array.isArray(named) ? named : []).map((item) => {
    const estimator = item instanceof Tuple ? item.items[1] : undefined;
    return estimator === "drop" || estimator === null;
  });
  const kept = numbers.filter((_, index) => !dropped[index]);
  if (kept.length !== count || kept.some(Number.isNaN)) {
    throw attributes.inconsistent(`${count} estimators have ${kept.length} weights`);
  }
  return kept;
}

/** numpy.average over the estimators, added in their order: of 32-bit floats in their precision, unless weighted. */
function averageOf(parts: readonly Numbers[], weights: Float64Array | undefined): Floats {
  const out = new (areSingle(parts) && !weights ? Float32Array : Float64Array)(parts[0]!.data.length);
  for (const [index, { data }] of parts.entries()) {
    const weight = weights ? weights[index]! : 1;
    for (let at = 0; at < out.length; at++) out[at]! += data[at]! * weight;
  }
  const sum = weights ? pairwiseSum(weights, 0, weights.length) : parts.length;
  return out.map((value) => value / sum);
}

function winners(votes: readonly Numbers[], weights: Float64Array | undefined, width: number): Int32Array {
  const counts = new Float64Array(width);
  return Int32Array.from({ length: votes[0]!.rows }, (_, row) => {
    counts.fill(0);
    for (const [index, { data }] of votes.entries()) counts[data[row]!]! += weights ? weights[index]! : 1;
    return argmax(counts, 0, width);
  });
}

function checked(attributes: EstimatorAttributes, numbers: Numbers, width: number): Numbers {
  if (numbers.columns !== width)
    throw attributes.inconsistent(`an inner estimator has ${numbers.columns} classes of ${width}`);
  return numbers;
}

function sideBySide(parts: readonly Numbers[]): Float64Array {
  const width = parts.reduce((sum, { columns }) => sum + columns, 0);
  const out = new Float64Array(parts[0]!.rows * width);
  let start = 0;
  for (const part of parts) {
    putColumns(part, out, width, start);
    start += part.columns;
  }
  return out;
}

function flattened(each: (table: Table) => readonly Numbers[], width: number): ModelMethod {
  return numbersMethod(width, (table) => sideBySide(each(table)));
}

/** flatten_transform=False: an array for each estimator. */
function stacked(each: (table: Table) => readonly Numbers[], estimators: number, width: number): ModelMethod {
  return {
    output: { kind: "number", columns: estimators * width },
    run(table) {
      const out = new Float64Array(estimators * table.rows * width);
      for (const [index, { data }] of each(table).entries()) out.set(data, index * table.rows * width);
      return { shape: [estimators, table.rows, width], data: out };
    },
  };
}
