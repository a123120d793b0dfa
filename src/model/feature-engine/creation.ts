// feature_engine's transformers that compute new columns from numbers.

import { CellError } from "../core/cell-error.js";
import { matrixOf } from "../core/matrix.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { pow } from "../math/pow.js";
import { type ComputedColumns, cellwise, labelsIn, numbersByColumn, tableNames } from "./cellwise.js";
import { numberColumn, variablesOf } from "./numbers.js";

export const creationClasses: readonly EstimatorClass[] = [
  creationClass("CyclicalFeatures", "cyclical_features", readCyclical),
  creationClass("MathFeatures", "math_features", readMath),
  creationClass("RelativeFeatures", "relative_features", readRelative),
];

function creationClass(name: string, module: string, read: EstimatorClass["read"]): EstimatorClass {
  return { name, module: "feature_engine.creation", paths: [`feature_engine.creation.${module}`], read };
}

/** The columns of the table, without those that were used if it drops them, then the new ones. */
function withAdded(
  attributes: EstimatorAttributes,
  used: readonly Scalar[],
  added: readonly ComputedColumns[],
): EstimatorDefinition {
  const missing = attributes.get("missing_values") === "ignore";
  const dropped = new Set(attributes.flag("drop_original") ? used : []);
  const kept = tableNames(attributes).filter((name) => !dropped.has(name));
  const columns = new Map(used.map((name) => [name, { ...numberColumn, missing, keepsMissing: missing }]));
  return cellwise(attributes, columns, [...kept.map((from) => ({ from })), ...added]);
}

/** One new column of a row's numbers. */
function computed(reads: readonly Scalar[], compute: (values: Float64Array, row: number) => number): ComputedColumns {
  return {
    reads,
    width: 1,
    compute(table) {
      const { rows, columns, data } = matrixOf(table);
      return [
        Float64Array.from({ length: rows }, (_, row) =>
          compute(data.subarray(row * columns, (row + 1) * columns), row),
        ),
      ];
    },
  };
}

/** A sine and a cosine of each number's share of its period. */
function readCyclical(attributes: EstimatorAttributes): EstimatorDefinition {
  const periods = numbersByColumn(attributes, "max_values_");
  const variables = variablesOf(attributes);
  const added = variables.flatMap((name) => {
    const period = periods.get(name);
    if (period === undefined) throw attributes.inconsistent("max_values_ has no number for one of its columns");
    const step = (2 * Math.PI) / period;
    return [Math.sin, Math.cos].map((wave) => computed([name], ([number]) => wave(number! * step)));
  });
  return withAdded(attributes, variables, added);
}

/** pandas's aggregations of the numbers that are not missing; `count` says how many these are. */
const aggregations: ReadonlyMap<string, (known: Float64Array) => number> = new Map([
  ["sum", sumOf],
  ["prod", (known) => known.reduce((product, value) => product * value, 1)],
  ["mean", meanOf],
  ["max", (known) => (known.length === 0 ? Number.NaN : Math.max(...known))],
  ["min", (known) => (known.length === 0 ? Number.NaN : Math.min(...known))],
  ["median", medianOf],
  ["var", varianceOf],
  ["std", (known) => Math.sqrt(varianceOf(known))],
]);

function sumOf(known: Float64Array): number {
  return known.reduce((sum, value) => sum + value, 0);
}

function meanOf(known: Float64Array): number {
  return sumOf(known) / known.length;
}

function medianOf(known: Float64Array): number {
  const sorted = known.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** With n - 1 degrees of freedom. */
function varianceOf(known: Float64Array): number {
  const mean = meanOf(known);
  return known.length < 2 ? Number.NaN : sumOf(known.map((value) => (value - mean) ** 2)) / (known.length - 1);
}

function readMath(attributes: EstimatorAttributes): EstimatorDefinition {
  const value = attributes.get("func");
  const functions = labelsIn(attributes, Array.isArray(value) ? value : [value ?? null], "func");
  const variables = labelsIn(attributes, attributes.get("variables_", "variables"), "variables_");
  const added = functions.map((name) => {
    const aggregation = aggregations.get(String(name));
    if (!aggregation) {
      const known = [...aggregations.keys()].join(", ");
      throw attributes.unsupported(`the function ${String(name)} is not supported`, `Supported functions: ${known}.`);
    }
    return computed(variables, (values) => aggregation(values.filter((number) => !Number.isNaN(number))));
  });
  return withAdded(attributes, variables, added);
}

/** What becomes of a number and a reference. */
const operations: ReadonlyMap<string, (a: number, b: number) => number> = new Map([
  ["add", (a, b) => a + b],
  ["sub", (a, b) => a - b],
  ["mul", (a, b) => a * b],
  ["div", (a, b) => a / b],
  ["truediv", (a, b) => a / b],
  ["floordiv", floorDivide],
  ["mod", remainder],
  ["pow", pow],
]);

const dividing = ["div", "truediv", "floordiv", "mod"];

/** numpy.floor_divide for a divisor that is not 0 */
function floorDivide(a: number, b: number): number {
  const quotient = (a - remainder(a, b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** numpy.remainder: with the sign of the divisor. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function readRelative(attributes: EstimatorAttributes): EstimatorDefinition {
  const functions = labelsIn(attributes, attributes.get("func"), "func");
  const references = labelsIn(attributes, attributes.get("reference"), "reference");
  const variables = labelsIn(attributes, attributes.get("variables_", "variables"), "variables_");
  const fill = attributes.get("fill_value");
  const names = tableNames(attributes);
  const added = functions.flatMap((name) => {
    const operation = operations.get(String(name));
    if (!operation) throw attributes.unsupported(`the function ${String(name)} is not supported`);
    const divides = dividing.includes(String(name));
    return references.flatMap((reference) =>
      variables.map((variable) =>
        computed([variable, reference], ([a, b], row) => {
          if (!(divides && b === 0)) return operation(a!, b!);
          if (typeof fill === "number") return fill;
          const column = names.indexOf(reference);
          throw new CellError("input-out-of-range", row, column, (at) => `Expected a number other than 0 at ${at}`);
        }),
      ),
    );
  });
  return withAdded(attributes, [...new Set([...variables, ...references])], added);
}
