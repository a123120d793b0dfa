// SimpleImputer and MissingIndicator.

import type { ModelMethod } from "../../core/create-model.js";
import type { Feature, Scalar, Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { featureNames, type Inputs, numberInputs } from "../../estimator/inputs.js";
import { columnOf, outputOf, sideBySide, transformTo } from "../../estimator/tables.js";
import { Instance } from "../../pickle/values.js";

const paths = ["sklearn.impute._base", "sklearn.impute"];

export const simpleImputerClasses: readonly EstimatorClass[] = [
  { name: "SimpleImputer", paths, read: readSimpleImputer },
  // Up to 0.21; it had columns to fill alone.
  {
    name: "Imputer",
    module: "sklearn.preprocessing",
    paths: ["sklearn.preprocessing.imputation"],
    read: readSimpleImputer,
  },
  { name: "MissingIndicator", paths, read: readMissingIndicator },
];

/** Whether a value is missing. */
type IsMissing = (value: Scalar) => boolean;

function readSimpleImputer(attributes: EstimatorAttributes): EstimatorDefinition {
  if (attributes.get("axis") === 1) throw attributes.unsupported("it fills rows (axis=1), which learns nothing");
  const statistics = attributes.array("statistics_");
  const fills = statistics.toScalars();
  const texts = statistics.dtype.letter === "O" || statistics.dtype.letter === "U";
  const isMissing = readIsMissing(attributes);
  const indicated = readIndicator(attributes, fills.length);
  // A column with no value in training has no statistic, and is left out.
  const keepsEmpty = attributes.get("strategy") === "constant" || attributes.flag("keep_empty_features");
  const kept = fills.flatMap((fill, column) => (keepsEmpty || !isNothing(fill) ? [column] : []));

  const impute = (table: Table): Table => {
    const filled = kept.map((column) => {
      const fill = fills[column]!;
      return columnOf(table, column).map((value) => (isMissing(value) ? fill : value));
    });
    const imputed: Table = texts ? { kind: "frame", rows: table.rows, columns: filled } : numbersOf(filled, table.rows);
    if (!indicated) return imputed;
    return sideBySide([imputed, missingFlags(table, indicated, isMissing)], table.rows, false);
  };
  const takesMissing = isMissing(null);
  return {
    inputs: texts
      ? textInputs(attributes, fills.length, takesMissing)
      : numberInputs(attributes, fills.length, takesMissing),
    methods: new Map([
      ["transform", transformTo(kept.length + (indicated?.length ?? 0), impute, texts ? "text" : "number")],
    ]),
    parameters: attributes.parameters("strategy", "fill_value"),
  };
}

/** Marks the columns that had missing values in training, or all of them. */
function readMissingIndicator(attributes: EstimatorAttributes): EstimatorDefinition {
  const count = attributes.number("n_features_in_", "_n_features");
  const columns = readIndicatedColumns(attributes, count);
  const isMissing = readIsMissing(attributes);
  const mark = (table: Table): Table => missingFlags(table, columns, isMissing);
  const transform: ModelMethod = {
    output: { kind: "boolean", columns: columns.length },
    run(table) {
      const { shape, data } = outputOf(mark(table));
      return { shape, data: Array.from(data, (flag) => flag === 1) };
    },
    table: mark,
  };
  return {
    inputs: numberInputs(attributes, count, isMissing(null)),
    methods: new Map([["transform", transform]]),
    parameters: attributes.parameters("features"),
  };
}

/** `missing_values`: NaN, None, pandas' NA, or a value that represents a missing one. */
export function readIsMissing(attributes: EstimatorAttributes): IsMissing {
  const value = attributes.get("missing_values");
  if (value === undefined || value instanceof Instance || Number.isNaN(value) || value === "NaN") return isNothing;
  if (typeof value === "object") throw attributes.expected("a number or a string", ["missing_values"], value);
  return (other) => other === value;
}

function isNothing(value: Scalar): boolean {
  return value === null || Number.isNaN(value);
}

/** The columns that `add_indicator` marks, after the imputed ones. */
export function readIndicator(attributes: EstimatorAttributes, count: number): readonly number[] | undefined {
  if (!attributes.flag("add_indicator")) return undefined;
  const indicator = attributes.get("indicator_");
  if (!(indicator instanceof Instance) || indicator.global.name !== "MissingIndicator")
    throw attributes.expected("a MissingIndicator", ["indicator_"], indicator);
  return readIndicatedColumns(new EstimatorAttributes(indicator, "sklearn.impute.MissingIndicator"), count);
}

function readIndicatedColumns(attributes: EstimatorAttributes, count: number): readonly number[] {
  const columns = Array.from(attributes.numbers(["features_"]));
  if (columns.some((column) => !Number.isInteger(column) || column < 0 || column >= count))
    throw attributes.inconsistent(`features_ names a column outside of ${count}`);
  return columns;
}

/** 1 where a value is missing. */
export function missingFlags(table: Table, columns: readonly number[], isMissing: IsMissing): Table {
  const flags = columns.map((column) => columnOf(table, column).map((value) => (isMissing(value) ? 1 : 0)));
  return numbersOf(flags, table.rows);
}

function numbersOf(columns: readonly (readonly Scalar[])[], rows: number): Table {
  const data = new Float64Array(rows * columns.length);
  for (const [column, values] of columns.entries()) {
    for (let row = 0; row < rows; row++) data[row * columns.length + column] = Number(values[row] ?? Number.NaN);
  }
  return { kind: "matrix", rows, columns: columns.length, data };
}

function textInputs(attributes: EstimatorAttributes, count: number, missing: boolean): Inputs {
  const names = featureNames(attributes, count);
  return {
    count,
    missing,
    named: names !== undefined,
    features: () =>
      Array.from({ length: count }, (_, index): Feature => {
        return { name: names?.[index] ?? `x${index}`, kind: "category", missing };
      }),
  };
}
