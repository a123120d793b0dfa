// OrdinalEncoder and TargetEncoder: a number for each category.

import { unknownCategory } from "../../core/cell-error.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { columnOf, transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Dict } from "../../pickle/values.js";
import { type Categories, categoryInputs, readCategories, readMappings } from "./categories.js";

export const ordinalEncoderClasses: readonly EstimatorClass[] = [
  { name: "OrdinalEncoder", paths: ["sklearn.preprocessing._encoders"], read: readOrdinalEncoder },
  { name: "TargetEncoder", paths: ["sklearn.preprocessing._target_encoder"], read: readTargetEncoder },
];

/** One output column: its input column, a number for each category, and one for unknown categories or none. */
interface Column {
  readonly from: number;
  readonly categories: Categories;
  readonly numbers: Float64Array;
  readonly unknown: number | undefined;
}

function readOrdinalEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const categories = readCategories(attributes);
  const mappings = readMappings(attributes, categories);
  const refusesUnknown = attributes.get("handle_unknown") !== "use_encoded_value";
  const unknownValue = refusesUnknown ? undefined : attributes.number("unknown_value");
  const missingIndices = readMissingIndices(attributes, categories);
  const missingValue =
    attributes.get("encoded_missing_value") === undefined ? Number.NaN : attributes.number("encoded_missing_value");
  const columns = categories.map((values, from): Column => {
    const mapping = mappings[from];
    const missing = missingIndices[from];
    const numbers = Float64Array.from(values.values, (_, index) => {
      if (index === missing) return missingValue;
      return mapping ? mapping[index]! : index;
    });
    return { from, categories: values, numbers, unknown: unknownValue };
  });
  const keepsMissing =
    Number.isNaN(unknownValue) || (Number.isNaN(missingValue) && missingIndices.some((index) => index !== undefined));
  return encoder(attributes, categories, columns, !refusesUnknown, keepsMissing, ["handle_unknown", "unknown_value"]);
}

/** Where a missing value is among the categories: `_missing_indices` (1.0 and later), else an ordinary category. */
function readMissingIndices(
  attributes: EstimatorAttributes,
  categories: readonly Categories[],
): readonly (number | undefined)[] {
  const recorded = attributes.get("_missing_indices");
  return categories.map((values, column) => {
    if (recorded === undefined) return undefined;
    const index = recorded instanceof Dict ? recorded.get(column) : null;
    if (index === undefined) return undefined;
    if (typeof index !== "number" || values.values[index] === undefined)
      throw attributes.inconsistent("_missing_indices names a category that does not exist");
    return index;
  });
}

/** A category's mean target, shrunk; for several classes a column for each of them. */
function readTargetEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const categories = readCategories(attributes);
  const several = attributes.get("target_type_") === "multiclass";
  const means = several ? attributes.numbers(["target_mean_"]) : Float64Array.of(attributes.number("target_mean_"));
  const encodings = attributes.get("encodings_");
  if (!Array.isArray(encodings) || encodings.length !== categories.length * means.length)
    throw attributes.inconsistent("encodings_ is not one array for each column and class");
  const columns = encodings.map((encoding, index): Column => {
    const from = Math.floor(index / means.length);
    const values = categories[from]!;
    if (!(encoding instanceof NdArray) || encoding.size !== values.length)
      throw attributes.inconsistent("encodings_ does not fit the categories");
    return { from, categories: values, numbers: encoding.toNumbers(), unknown: means[index % means.length]! };
  });
  return encoder(attributes, categories, columns, true, false, ["target_type_", "smooth"]);
}

function encoder(
  attributes: EstimatorAttributes,
  categories: readonly Categories[],
  columns: readonly Column[],
  takesUnknown: boolean,
  keepsMissing: boolean,
  parameters: readonly string[],
): EstimatorDefinition {
  const width = columns.length;
  const encode = (table: Table): Table => {
    const data = new Float64Array(table.rows * width);
    for (const [index, column] of columns.entries()) {
      const values = columnOf(table, column.from);
      for (let row = 0; row < table.rows; row++) {
        const category = column.categories.indexOf(values[row]!);
        const number = category === undefined ? column.unknown : column.numbers[category];
        if (number === undefined) throw unknownCategory(values[row]!, row, column.from);
        data[row * width + index] = number;
      }
    }
    return { kind: "matrix", rows: table.rows, columns: width, data };
  };
  return {
    inputs: categoryInputs(attributes, categories, takesUnknown),
    keepsMissing,
    methods: new Map([["transform", transformTo(width, encode)]]),
    parameters: attributes.parameters(...parameters),
  };
}
