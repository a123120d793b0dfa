import { unknownCategory } from "../../core/cell-error.js";
import { matrixOf } from "../../core/matrix.js";
import type { Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { columnOf, SparseRows, transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";
import { type Categories, categoryInputs, infrequentIndex, readCategories, readMappings } from "./categories.js";
import { isIntegerEncoder, readIntegerEncoder } from "./integer-encoder.js";

export const oneHotEncoderClass: EstimatorClass = {
  name: "OneHotEncoder",
  paths: ["sklearn.preprocessing._encoders", "sklearn.preprocessing.data"],
  read: readOneHotEncoder,
};

/** What one column becomes. */
interface Column {
  readonly categories: Categories;
  /** For each category its index among the output columns; -1: it was dropped. */
  readonly places: Int32Array;
  /** The place of an unknown category; -1: zeros everywhere. */
  readonly unknownPlace: number;
}

function readOneHotEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  if (isIntegerEncoder(attributes)) return readIntegerEncoder(attributes);
  const categories = readCategories(attributes);
  const refusesUnknown = attributes.text("handle_unknown") === "error";
  const { columns, width } = readColumns(attributes, categories);
  // Renamed in 1.2.
  const sparse = (attributes.get("sparse_output", "sparse") ?? true) === true;

  const encode = (table: Table): Table => {
    const values = columns.map((_, column) => columnOf(table, column));
    const made = new SparseRows(width);
    for (let row = 0; row < table.rows; row++) {
      for (const [index, column] of columns.entries()) {
        const place = placeOf(column, values[index]![row]!);
        if (place === undefined && refusesUnknown) throw unknownCategory(values[index]![row]!, row, index);
        const at = place ?? column.unknownPlace;
        if (at >= 0) made.add(at, 1);
      }
      made.endRow();
    }
    const encoded = made.table();
    return sparse ? encoded : { kind: "matrix", ...matrixOf(encoded) };
  };
  return {
    inputs: categoryInputs(attributes, categories, !refusesUnknown),
    methods: new Map([["transform", transformTo(width, encode)]]),
    parameters: attributes.parameters("handle_unknown", "drop", "min_frequency", "max_categories"),
  };
}

function placeOf({ categories, places }: Column, value: Scalar): number | undefined {
  const index = categories.indexOf(value);
  return index === undefined ? undefined : places[index]!;
}

function readColumns(
  attributes: EstimatorAttributes,
  categories: readonly Categories[],
): { columns: readonly Column[]; width: number } {
  const mappings = readMappings(attributes, categories);
  const dropped = readDropped(attributes, categories.length);
  const unknown = attributes.text("handle_unknown");
  // "warn" (1.6) groups unknown categories since 1.8; before, it set no column.
  const unknownIsInfrequent = unknown === "infrequent_if_exist" || (unknown === "warn" && attributes.since(1, 8));
  const columns: Column[] = [];
  let width = 0;
  for (const [column, values] of categories.entries()) {
    const mapping = mappings[column];
    const drop = dropped[column];
    const groups = mapping ? infrequentIndex(mapping) + 1 : values.length;
    if (drop !== undefined && drop >= groups)
      throw attributes.inconsistent(`drop_idx_ drops category ${drop} of ${groups}`);
    const start = width;
    const place = (group: number): number => {
      if (group === drop) return -1;
      return start + group - (drop !== undefined && group > drop ? 1 : 0);
    };
    columns.push({
      categories: values,
      places: Int32Array.from(values.values, (_, index) => place(mapping ? mapping[index]! : index)),
      unknownPlace: mapping && unknownIsInfrequent ? place(groups - 1) : -1,
    });
    width += groups - (drop === undefined ? 0 : 1);
  }
  return { columns, width };
}

/** For each column the group that has no output column. */
function readDropped(attributes: EstimatorAttributes, columns: number): readonly (number | undefined)[] {
  // Since 1.2 drop_idx_ counts categories before rare ones are joined, and this one after.
  const value = attributes.get("_drop_idx_after_grouping", "drop_idx_");
  if (value === undefined) return Array.from({ length: columns }, () => undefined);
  const dropped = value instanceof NdArray ? value.toScalars() : [];
  if (dropped.length !== columns) throw attributes.inconsistent("drop_idx_ has not one entry for each column");
  return dropped.map((index) => {
    if (index === null) return undefined;
    if (typeof index !== "number" || !Number.isInteger(index) || index < 0)
      throw attributes.inconsistent("drop_idx_ is not a list of indices");
    return index;
  });
}
