// Transformers of numbers: functions, bins and limits, for some columns of a table.

import { CellError } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { log } from "../math/log.js";
import { pow } from "../math/pow.js";
import { boxCox, yeoJohnsonByLogarithm } from "../math/power-transforms.js";
import type { Value } from "../pickle/values.js";
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
  numberClass("YeoJohnsonTransformer", "transformation.yeojohnson", readYeoJohnson),
  numberClass("BoxCoxTransformer", "transformation.boxcox", readBoxCox),
  numberClass("ArcsinTransformer", "transformation.arcsin", readArcsine),
  numberClass("ArcSinhTransformer", "transformation.arcsinh", readInverseSinh),
  numberClass("MeanNormalizationScaler", "scaling.mean_normalization", readNormalization),
  numberClass("EqualWidthDiscretiser", "discretisation.equal_width", readBins),
  numberClass("EqualFrequencyDiscretiser", "discretisation.equal_frequency", readBins),
  numberClass("GeometricWidthDiscretiser", "discretisation.geometric_width", readBins),
  numberClass("ArbitraryDiscretiser", "discretisation.arbitrary", readBins),
  numberClass("Winsorizer", "outliers.winsorizer", readLimits),
  numberClass("ArbitraryOutlierCapper", "outliers.artbitrary", readLimits),
];

function numberClass(name: string, path: string, read: EstimatorClass["read"]): EstimatorClass {
  const [part] = path.split(".");
  return { name, module: `feature_engine.${part}`, paths: [`feature_engine.${path}`], read };
}

export const numberColumn: InputColumn = { kind: "number", missing: false, keepsMissing: false };

export function variablesOf(attributes: EstimatorAttributes): readonly Scalar[] {
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

/** As scipy computes it since 1.12. */
function readYeoJohnson(attributes: EstimatorAttributes): EstimatorDefinition {
  const lambdas = lambdasOf(attributes);
  return inPlace(attributes, (column) => (cell) => yeoJohnsonByLogarithm(Number(cell), lambdas(column)));
}

function readBoxCox(attributes: EstimatorAttributes): EstimatorDefinition {
  const lambdas = lambdasOf(attributes);
  return inPlace(attributes, (column) => (cell, row, place) => {
    if (!(Number(cell) > 0)) throw outOfRange(cell, row, place, "a number above 0");
    return boxCox(Number(cell), lambdas(column));
  });
}

function lambdasOf(attributes: EstimatorAttributes): (column: Scalar) => number {
  const lambdas = numbersByColumn(attributes, "lambda_dict_");
  return (column) => numberFor(attributes, lambdas, column, "lambda_dict_");
}

function numberFor(
  attributes: EstimatorAttributes,
  numbers: ReadonlyMap<Value, number>,
  column: Scalar,
  name: string,
): number {
  const number = numbers.get(column);
  if (number === undefined) throw attributes.inconsistent(`${name} has no number for one of its columns`);
  return number;
}

/** The arcsine of a share's square root. */
function readArcsine(attributes: EstimatorAttributes): EstimatorDefinition {
  return inPlace(attributes, () => (cell, row, place) => {
    const number = Number(cell);
    if (!(number >= 0 && number <= 1)) throw outOfRange(cell, row, place, "a number from 0 to 1");
    return Math.asin(Math.sqrt(number));
  });
}

function readInverseSinh(attributes: EstimatorAttributes): EstimatorDefinition {
  const [location, scale] = [attributes.number("loc"), attributes.number("scale")];
  return inPlace(attributes, () => (cell) => Math.asinh((Number(cell) - location) / scale));
}

function readNormalization(attributes: EstimatorAttributes): EstimatorDefinition {
  const means = numbersByColumn(attributes, "mean_");
  const ranges = numbersByColumn(attributes, "range_");
  return inPlace(attributes, (column) => {
    const mean = numberFor(attributes, means, column, "mean_");
    const range = numberFor(attributes, ranges, column, "range_");
    return (cell) => (Number(cell) - mean) / range;
  });
}

function readBins(attributes: EstimatorAttributes): EstimatorDefinition {
  if (attributes.flag("return_boundaries")) throw attributes.unsupported("it returns the boundaries of bins as text");
  const bounds = dictOf(attributes, "binner_dict_");
  const rejects = attributes.get("errors") === "raise";
  return inPlace(attributes, (column) => {
    const binOf = binsOf(attributes, bounds.get(column));
    return (cell, row, place) => {
      const bin = binOf(Number(cell));
      if (rejects && Number.isNaN(bin)) throw outOfRange(cell, row, place, "a number within the bins");
      return bin;
    };
  });
}

/**
 * The number of the bin that a value is in, NaN outside of all: pandas.cut, which includes each bin's upper bound.
 * @param bounds the bins' bounds, as `binner_dict_` has them for a column
 */
export function binsOf(attributes: EstimatorAttributes, bounds: Value | undefined): (number: number) => number {
  const edges = labelsIn(attributes, bounds, "binner_dict_").map(Number);
  if (edges.length < 2 || edges.some((edge, index) => !(index === 0 || edge > edges[index - 1]!)))
    throw attributes.inconsistent("binner_dict_ has bounds that do not rise");
  return (number) => {
    const bin = number === edges[0] ? 0 : edges.findIndex((edge) => number <= edge) - 1;
    return bin < 0 ? Number.NaN : bin;
  };
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
