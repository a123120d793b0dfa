// OneHotEncoder until 0.19, and in 0.20 with one of the old parameters: columns hold small integers, and those that
// were met in training have a column each.

import { CellError, unknownCategory } from "../../core/cell-error.js";
import { matrixOf } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorDefinition } from "../../estimator/estimator.js";
import { anyInputs, numberInputs } from "../../estimator/inputs.js";
import { SparseRows, transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";

const startNames = ["feature_indices_", "_feature_indices_"];
const activeNames = ["active_features_", "_active_features_"];

/** Columns of one encoder, before those that were not met are left out. */
const placesMax = 1 << 24;

/** Whether these are the attributes of the old encoder. */
export function isIntegerEncoder(attributes: EstimatorAttributes): boolean {
  if (attributes.get(...startNames) === undefined) return false;
  return attributes.flag("_legacy_mode") || attributes.get("categories_") === undefined;
}

interface IntegerEncoder {
  /** Where the values of each column begin; the last one is the end. */
  readonly starts: Float64Array;
  /** The column of each value in the result; -1 for one that was not met in training. */
  readonly places: Int32Array;
  readonly width: number;
  readonly rejectsUnknown: boolean;
}

export function readIntegerEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const encoder = readEncoder(attributes);
  const encoded = encoder.starts.length - 1;
  const chosen = readChosen(attributes);
  const sparse = attributes.get("sparse") !== false;
  const transform = (table: Table): Table => {
    const { rows, columns, data } = matrixOf(table);
    const selected = chosen?.(columns) ?? Array.from({ length: encoded }, (_, column) => column);
    const rest = Array.from({ length: columns }, (_, column) => column).filter((column) => !selected.includes(column));
    if (selected.length !== encoded) {
      throw attributes.inconsistent(`it encodes ${encoded} columns, of which the table has ${selected.length}`);
    }
    const made = new SparseRows(encoder.width + rest.length);
    for (let row = 0; row < rows; row++) {
      for (const [index, column] of selected.entries()) {
        const place = placeOf(encoder, data[row * columns + column]!, index, row, column);
        if (place >= 0) made.add(place, 1);
      }
      for (const [index, column] of rest.entries()) {
        const value = data[row * columns + column]!;
        if (value !== 0) made.add(encoder.width + index, value);
      }
      made.endRow();
    }
    return sparse ? made.table() : { kind: "matrix", ...matrixOf(made.table()) };
  };
  return {
    inputs: chosen ? anyInputs(false) : numberInputs(attributes, encoded, false),
    methods: new Map([["transform", transformTo(chosen ? "any" : encoder.width, transform)]]),
    ...(chosen && { addedColumns: encoder.width - encoded }),
    parameters: attributes.parameters("handle_unknown", "n_values"),
  };
}

function readEncoder(attributes: EstimatorAttributes): IntegerEncoder {
  const starts = attributes.numbers(startNames);
  const count = starts.at(-1);
  const isRising = starts.every((start, at) => Number.isInteger(start) && start >= (starts[at - 1] ?? 0));
  if (starts.length < 2 || starts[0] !== 0 || count === undefined || !isRising || count > placesMax)
    throw attributes.inconsistent("feature_indices_ does not number the columns");
  const rejectsUnknown = attributes.get("handle_unknown") !== "ignore";
  if (attributes.get(...activeNames) === undefined) {
    return { starts, places: Int32Array.from({ length: count }, (_, place) => place), width: count, rejectsUnknown };
  }
  const active = attributes.numbers(activeNames);
  const places = new Int32Array(count).fill(-1);
  for (const [column, place] of active.entries()) {
    if (!(place >= 0 && place < count)) throw attributes.inconsistent(`active_features_ names the value ${place}`);
    places[place] = column;
  }
  return { starts, places, width: active.length, rejectsUnknown };
}

/** `categorical_features`: which columns are encoded; the others follow unchanged. Undefined for all. */
function readChosen(attributes: EstimatorAttributes): ((columns: number) => readonly number[]) | undefined {
  const value = attributes.get("_categorical_features", "categorical_features") ?? "all";
  if (value === "all") return undefined;
  const items = value instanceof NdArray ? value.toScalars() : value;
  if (!Array.isArray(items)) throw attributes.expected("columns", ["categorical_features"], value);
  return (columns) =>
    Array.from({ length: columns }, (_, column) => column).filter((column) =>
      items.some((item) => typeof item === "boolean") ? items[column] === true : items.includes(column),
    );
}

function placeOf(
  { starts, places, rejectsUnknown }: IntegerEncoder,
  cell: number,
  index: number,
  row: number,
  column: number,
): number {
  const value = Math.trunc(cell);
  if (!(value >= 0)) {
    throw new CellError(
      "input-negative",
      row,
      column,
      (where) => `The value at ${where} is ${cell}; it must not be negative`,
    );
  }
  const place = starts[index]! + value;
  if (place < starts[index + 1]!) return places[place]!;
  if (rejectsUnknown) throw unknownCategory(cell, row, column);
  return -1;
}
