// Transformers of numbers: functions, bins and limits, for some columns of a table.

import { CellError } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { log } from "../math/log.js";
import { pow } from "../math/pow.js";
import {
  type Change,
  cellwise,
  changedInPlace,
  dictOf,
  type InputColumn,
  labelsIn,
  numbersByColumn,
  type OutputColumn,
  tableNames,
} from "./cellwise.js";

export const numberClasses: readonly EstimatorClass[] = [
  numberClass("LogTransformer", "transformation.log", readLogarithm),
  numberClass("LogCpTransformer", "transformation.log", readLogarithm),
  numberClass("PowerTransformer", "transformation.power", readPower),
  numberClass("ReciprocalTransformer", "transformation.reciprocal", readReciprocal),
  numberClass("EqualWidthDiscretiser", "discretisation.equal_width", readBins),
  numberClass("EqualFrequencyDiscretiser", "discretisation.equal_frequency", readBins),
  numberClass("Winsorizer", "outliers.winsorizer", readLimits),
  numberClass("ArbitraryOutlierCapper", "outliers.artbitrary", readLimits),
];

function numberClass(name: string, path: string, read: EstimatorClass["read"]): EstimatorClass {
  const [part] = path.split(".");
  return { name, module: `feature_engine.${part}`, paths: [`feature_engine.${path}`], read };
}

const numberColumn: InputColumn = { kind: "number", missing: false, keepsMissing: false };

function variablesOf(attributes: EstimatorAttributes): readonly Scalar[] {
  return labelsIn(attributes, attributes.get("variables_"), "variables_");
}

/** The same columns, each number changed. */
function inPlace(attributes: EstimatorAttributes, changeOf: (column: Scalar) => Change): EstimatorDefinition {
  const variables = variablesOf(attributes);
  const columns = new Map(variables.map((column) => [column, numberColumn]));
  const changes = new Map(variables.map((column) => [column, changeOf(column)]));
  return cellwise(attributes, columns, changedInPlace(tableNames(attributes), changes));
}

/** The logarithm of a number, plus a constant in LogCpTransformer. */
function readLogarithm(attributes: EstimatorAttributes): EstimatorDefinition {
  const base10 = attributes.get("base") === "10";
  const constant = attributes.get("C_");
  const byColumn =
    constant === undefined || typeof constant === "number" ? undefined : numbersByColumn(attributes, "C_");
  return inPlace(attributes, (column) => {
    const added = typeof constant === "number" ? constant : (byColumn?.get(column) ?? 0);
    return (cell, row, place) => {
      const number = Number(cell) + added;
      if (number <= 0) throw outOfRange(cell, row, place, "a number with a logarithm");
      return base10 ? Math.log10(number) : log(number);
    };
  });
}

function readPower(attributes: EstimatorAttributes): EstimatorDefinition {
  const exponent = attributes.number("exp");
  return inPlace(attributes, () => (cell) => powerOf(Number(cell), exponent));
}

/** numpy's shortcuts of `power` for some exponents. */
function powerOf(number: number, exponent: number): number {
  if (exponent === 0.5) return Math.sqrt(number);
  if (exponent === 2) return number * number;
  return pow(number, exponent);
}

function readReciprocal(attributes: EstimatorAttributes): EstimatorDefinition {
  return inPlace(attributes, () => (cell, row, place) => {
    if (cell === 0) throw outOfRange(cell, row, place, "a number other than 0");
    return 1 / Number(cell);
  });
}

/** The number of the bin that a value is in: of pandas.cut, which includes each bin's upper bound. */
function readBins(attributes: EstimatorAttributes): EstimatorDefinition {
  if (attributes.flag("return_boundaries")) throw attributes.unsupported("it returns the boundaries of bins as text");
  const bounds = dictOf(attributes, "binner_dict_");
  return inPlace(attributes, (column) => {
    const edges = labelsIn(attributes, bounds.get(column), "binner_dict_").map(Number);
    if (edges.length < 2 || edges.some((edge, index) => !(index === 0 || edge > edges[index - 1]!)))
      throw attributes.inconsistent("binner_dict_ has bounds that do not rise");
    return (cell) => {
      const number = Number(cell);
      const bin = number === edges[0] ? 0 : edges.findIndex((edge) => number <= edge) - 1;
      return bin < 0 ? Number.NaN : bin;
    };
  });
}

/** Numbers within limits, and with add_indicators columns that say which were not. */
function readLimits(attributes: EstimatorAttributes): EstimatorDefinition {
  const highest = numbersByColumn(attributes, "right_tail_caps_");
  const lowest = numbersByColumn(attributes, "left_tail_caps_");
  const missing = attributes.get("missing_values") === "ignore";
  const variables = variablesOf(attributes);
  const isHigh = (column: Scalar, number: number) => number > (highest.get(column) ?? Number.POSITIVE_INFINITY);
  const isLow = (column: Scalar, number: number) => number < (lowest.get(column) ?? Number.NEGATIVE_INFINITY);
  const change = (column: Scalar): Change => {
    return (cell) => {
      const number = cell === null ? Number.NaN : Number(cell);
      if (isHigh(column, number)) return highest.get(column)!;
      return isLow(column, number) ? lowest.get(column)! : number;
    };
  };
  const tail = attributes.get("tail");
  const indicators = variables.flatMap((from): readonly OutputColumn[] => {
    const low: OutputColumn = { from, change: (cell) => Number(isLow(from, Number(cell ?? Number.NaN))) };
    const high: OutputColumn = { from, change: (cell) => Number(isHigh(from, Number(cell ?? Number.NaN))) };
    return tail === "left" ? [low] : tail === "right" ? [high] : [low, high];
  });
  const columns = new Map(variables.map((name) => [name, { ...numberColumn, missing, keepsMissing: missing }]));
  const changed = changedInPlace(tableNames(attributes), new Map(variables.map((name) => [name, change(name)])));
  return cellwise(attributes, columns, attributes.flag("add_indicators") ? [...changed, ...indicators] : changed);
}

function outOfRange(cell: Scalar, row: number, column: number, expected: string): CellError {
  return new CellError("input-out-of-range", row, column, (where) => `Expected ${expected} at ${where}, found ${cell}`);
}
