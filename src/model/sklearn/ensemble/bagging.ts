// BaggingClassifier and BaggingRegressor: copies of one estimator, each fitted on some rows and columns.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { valuesPerRow } from "../../estimator/column-counts.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import {
  labelsMethod,
  largestPlaces,
  methodOf,
  numberedPlace,
  numbersMethod,
  placesOfNumbered,
  readSubEstimators,
} from "../../estimator/meta-estimator.js";
import { type Floats, numbersFrom, toNumbers } from "../../estimator/numbers.js";
import { selectColumns } from "../../estimator/tables.js";
import { exp } from "../../math/exp.js";
import { log, log1p } from "../../math/log.js";
import { NdArray } from "../../numpy/ndarray.js";

const paths = ["sklearn.ensemble._bagging", "sklearn.ensemble.bagging"];

export const baggingClasses: readonly EstimatorClass[] = [
  { name: "BaggingClassifier", paths, read: readBaggingClassifier },
  { name: "BaggingRegressor", paths, read: readRegressor },
];

interface Member {
  readonly estimator: Estimator;
  /** The table as the estimator saw it. */
  readonly columns: (table: Table) => Table;
}

function readRegressor(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const { members, common } = readMembers(attributes, readSubEstimator);
  const width = valuesPerRow(attributes, methodOf(attributes, members[0]!.estimator, "predict"));
  return { ...common, methods: new Map([["predict", averaged(attributes, members, "predict", width)]]) };
}

export function readBaggingClassifier(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): EstimatorDefinition {
  const classes = attributes.classes();
  const { members, common } = readMembers(attributes, readSubEstimator);
  const width = classes.length;
  const sums = members.map((member) => adder(attributes, member, width));
  const probabilities = (table: Table) => {
    const out = new Float64Array(table.rows * width);
    for (const add of sums) add(table, out);
    return out.map((value) => value / members.length);
  };
  const methods = new Map<MethodName, ModelMethod>([
    ["predict", labelsMethod(classes, (table) => largestPlaces(probabilities(table), width))],
    ["predict_proba", numbersMethod(width, probabilities)],
    [
      "predict_log_proba",
      numbersMethod(width, logProbabilities(attributes, members, width) ?? ((table) => probabilities(table).map(log))),
    ],
  ]);
  const decisions = members[0]!.estimator.methods.get("decision_function");
  if (decisions)
    methods.set(
      "decision_function",
      averaged(attributes, members, "decision_function", valuesPerRow(attributes, decisions)),
    );
  return { ...common, classes, methods };
}

function readMembers(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator) {
  const parts = readSubEstimators(attributes, readSubEstimator);
  const lists = attributes.items("estimators_features_", "the estimators' columns");
  if (lists.length !== parts.length)
    throw attributes.inconsistent(`${parts.length} estimators have ${lists.length} lists of columns`);
  const count = attributes.number("n_features_in_", "n_features_");
  const members = parts.map((estimator, index): Member => {
    const chosen = columnsOf(attributes, lists[index], count);
    if (estimator.inputs.count !== chosen.length) {
      throw attributes.inconsistent(`an estimator expects ${estimator.inputs.count} columns, got ${chosen.length}`);
    }
    const all = chosen.length === count && chosen.every((column, place) => column === place);
    return { estimator, columns: all ? (table) => table : (table) => selectColumns(table, chosen) };
  });
  const missing = parts.every(({ inputs }) => inputs.missing);
  const common = {
    inputs: numberInputs(attributes, count, missing),
    parameters: { estimators: parts.length, estimator: parts[0]!.type },
  };
  return { members, common };
}

/** The columns that an estimator of an ensemble uses. */
export function columnsOf(attributes: EstimatorAttributes, value: unknown, count: number): readonly number[] {
  if (!(value instanceof NdArray)) throw attributes.inconsistent("estimators_features_ is not a list of columns");
  return Array.from(value.toNumbers(), (column) => {
    if (!Number.isInteger(column) || column < 0 || column >= count) {
      throw attributes.inconsistent(`an estimator uses the column ${column} of ${count}`);
    }
    return column;
  });
}

/** The mean of the estimators' numbers, added in their order. */
function averaged(
  attributes: EstimatorAttributes,
  members: readonly Member[],
  name: MethodName,
  width: number | undefined,
): ModelMethod {
  const methods = members.map(({ estimator }) => methodOf(attributes, estimator, name));
  return numbersMethod(width, (table) => {
    let out: Floats = new Float64Array(0);
    for (const [index, method] of methods.entries()) {
      const { data, single } = numbersFrom(method, members[index]!.columns(table));
      // All estimators are of one class.
      if (index === 0) out = new (single ? Float32Array : Float64Array)(table.rows * (width ?? 1));
      if (data.length !== out.length)
        throw attributes.inconsistent("its estimators return different numbers of values");
      for (let at = 0; at < out.length; at++) out[at]! += data[at]!;
    }
    return out.map((value) => value / members.length);
  });
}

/**
 * Adds an estimator's probabilities, or its vote where it has none. It was fitted on the numbers of the classes,
 * possibly not on all of them.
 */
function adder(
  attributes: EstimatorAttributes,
  { estimator, columns }: Member,
  width: number,
): (table: Table, out: Float64Array) => void {
  const probabilities = estimator.methods.get("predict_proba");
  if (!probabilities) {
    const predict = methodOf(attributes, estimator, "predict");
    return (table, out) => {
      const { data } = predict.run(columns(table));
      for (let row = 0; row < table.rows; row++) out[row * width + numberedPlace(attributes, data[row], width)]! += 1;
    };
  }
  const places = placesOfNumbered(attributes, estimator, width);
  return (table, out) => {
    const { data } = toNumbers(probabilities.run(columns(table)));
    for (let row = 0; row < table.rows; row++) {
      for (const [index, place] of places.entries()) out[row * width + place]! += data[row * places.length + index]!;
    }
  };
}

/** predict_log_proba adds by logarithms: other roundings than the logarithm of the mean. */
function logProbabilities(
  attributes: EstimatorAttributes,
  members: readonly Member[],
  width: number,
): ((table: Table) => Float64Array) | undefined {
  if (!members.every(({ estimator }) => estimator.methods.has("predict_log_proba"))) return undefined;
  const places = members.map(({ estimator }) => placesOfNumbered(attributes, estimator, width));
  return (table) => {
    const out = new Float64Array(table.rows * width).fill(Number.NEGATIVE_INFINITY);
    for (const [index, { estimator, columns }] of members.entries()) {
      const { data } = numbersFrom(estimator.methods.get("predict_log_proba")!, columns(table));
      const known = places[index]!;
      for (let row = 0; row < table.rows; row++) {
        for (const [column, place] of known.entries()) {
          const at = row * width + place;
          out[at] = logOfSum(out[at]!, data[row * known.length + column]!);
        }
      }
    }
    const logOfCount = log(members.length);
    return out.map((value) => value - logOfCount);
  };
}

/** numpy.logaddexp */
function logOfSum(x: number, y: number): number {
  if (x === y) return x + Math.LN2;
  return x > y ? x + log1p(exp(y - x)) : y + log1p(exp(x - y));
}
