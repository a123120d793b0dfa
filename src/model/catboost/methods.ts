// The methods of CatBoost's classes.

import type { ModelMethod } from "../core/create-model.js";
import { argmax } from "../core/methods.js";
import type { MethodName, Scalar, Table } from "../core/model.js";
import { exp } from "../math/exp.js";
import { log } from "../math/log.js";
import type { CatboostModel } from "./catboost-model.js";
import { fastExp } from "./fast-exp.js";

/** Loss functions of several targets, each of which is a class of its own. */
const multiLabel = ["MultiLogloss", "MultiCrossEntropy"];

/** Makes results of the raw values of all rows. */
type Convert = (raw: Float64Array) => Float64Array;

/** CatBoostClassifier's. It has no decision_function. */
export function classifierMethods(
  model: CatboostModel,
  classes: readonly Scalar[],
): ReadonlyMap<MethodName, ModelMethod> {
  const { width, loss } = model;
  const isMultiLabel = width > 1 && multiLabel.includes(loss);
  if (width === 1) {
    return new Map([
      ["predict", labels(model, classes, undefined)],
      ["predict_proba", numbers(model, 2, twoProbabilities)],
      ["predict_log_proba", numbers(model, 2, twoLogarithms)],
    ]);
  }
  const isOneVsAll = isMultiLabel || loss === "MultiClassOneVsAll";
  return new Map([
    ["predict", isMultiLabel ? labels(model, [0, 1], width) : largest(model, classes)],
    ["predict_proba", numbers(model, width, isOneVsAll ? (raw) => raw.map(sigmoid) : eachRow(width, softmax))],
    [
      "predict_log_proba",
      numbers(model, width, isOneVsAll ? (raw) => raw.map(logSigmoid) : eachRow(width, logSoftmax)),
    ],
  ]);
}

/** CatBoostRegressor's: losses whose raw values are logarithms predict exponentials. */
export function regressorMethods(model: CatboostModel): ReadonlyMap<MethodName, ModelMethod> {
  const { loss, width } = model;
  if (width === 1 && /^(Poisson|Tweedie)/.test(loss)) return new Map([["predict", numbers(model, 1, exponentials)]]);
  if (width === 2 && loss === "RMSEWithUncertainty") return new Map([["predict", numbers(model, 2, variances)]]);
  return rawMethods(model);
}

/** CatBoost's and CatBoostRanker's. */
export function rawMethods(model: CatboostModel): ReadonlyMap<MethodName, ModelMethod> {
  return new Map([["predict", numbers(model, model.width, (raw) => raw)]]);
}

function numbers(model: CatboostModel, columns: number, convert: Convert): ModelMethod {
  return {
    output: { kind: "number", ...(columns > 1 && { columns }) },
    run(table) {
      const data = convert(model.rawValues(table));
      return { shape: columns > 1 ? [table.rows, columns] : [table.rows], data };
    },
  };
}

/** The second class where the raw value is above the threshold's: one label for each row, or several. */
function labels(model: CatboostModel, classes: readonly Scalar[], columns: number | undefined): ModelMethod {
  const border = -log(1 / model.threshold - 1);
  return {
    output: { kind: "label", ...(columns !== undefined && { columns }) },
    run(table) {
      const data = Array.from(model.rawValues(table), (raw) => classes[raw > border ? 1 : 0]!);
      return { shape: columns === undefined ? [table.rows] : [table.rows, columns], data };
    },
  };
}

/** The class of the largest raw value, in a list of one: CatBoost returns a column. */
function largest(model: CatboostModel, classes: readonly Scalar[]): ModelMethod {
  return {
    output: { kind: "label", columns: 1 },
    run(table: Table) {
      const raw = model.rawValues(table);
      const width = classes.length;
      const data = Array.from({ length: table.rows }, (_, row) => classes[argmax(raw, row * width, width)]!);
      return { shape: [table.rows, 1], data };
    },
  };
}

const sigmoid = (raw: number) => 1 / (1 + exp(-raw));
const logSigmoid = (raw: number) => -log(1 + exp(-raw));

function twoProbabilities(raw: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * raw.length }, (_, index) => {
    const second = sigmoid(raw[index >> 1]!);
    return index % 2 === 0 ? 1 - second : second;
  });
}

function twoLogarithms(raw: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * raw.length }, (_, index) => {
    const value = raw[index >> 1]!;
    return logSigmoid(index % 2 === 0 ? -value : value);
  });
}

/** Converts each row in place. */
function eachRow(width: number, convert: (row: Float64Array) => void): Convert {
  return function convertRows(raw) {
    for (let start = 0; start < raw.length; start += width) convert(raw.subarray(start, start + width));
    return raw;
  };
}

function softmax(row: Float64Array): void {
  const { powers, sum } = powersOf(row);
  for (let index = 0; index < row.length; index++) row[index] = powers[index]! / sum;
}

function logSoftmax(row: Float64Array): void {
  const { differences, sum } = powersOf(row);
  const logarithm = log(sum);
  for (let index = 0; index < row.length; index++) row[index] = differences[index]! - logarithm;
}

function powersOf(row: Float64Array) {
  const most = row[argmax(row, 0, row.length)]!;
  const differences = row.map((value) => value - most);
  const powers = differences.slice();
  fastExp(powers);
  return { differences, powers, sum: powers.reduce((sum, power) => sum + power, 0) };
}

function exponentials(raw: Float64Array): Float64Array {
  fastExp(raw);
  return raw;
}

/** A mean and a variance for each row; the raw value of the second is the logarithm of the deviation. */
function variances(raw: Float64Array): Float64Array {
  const second = Float64Array.from({ length: raw.length / 2 }, (_, row) => 2 * raw[2 * row + 1]!);
  fastExp(second);
  return raw.map((value, index) => (index % 2 === 0 ? value : second[index >> 1]!));
}
