// The tensors of an ONNX model's inputs, from rows of a table.

import { CellError } from "../core/cell-error.js";
import type { Scalar, Table } from "../core/model.js";
import type { GraphInputs } from "./inputs.js";
import type { TensorType } from "./outline.js";
import type { OnnxRuntime, Tensor, TensorData } from "./runtime.js";

/** A table whose values can be read one by one. */
export type DenseTable = Exclude<Table, { readonly kind: "sparse" }>;

/** Reads the values of one column of a tensor. */
type Cells = <T>(read: (value: Scalar, row: number, column: number) => T) => T[];

const int32 = { min: -(2 ** 31), max: 2 ** 31 - 1 };

export function widthOf(table: DenseTable): number {
  return table.kind === "matrix" ? table.columns : table.columns.length;
}

/**
 * The tensors of `count` rows from `first` on. After the table's end its last row is repeated: a fixed batch is filled.
 * @param table as wide as the inputs
 * @throws CellError "input-not-a-number", "input-not-a-string", "input-missing-value"
 */
export function feedsOf(
  runtime: OnnxRuntime,
  { columns }: GraphInputs,
  table: DenseTable,
  first: number,
  count: number,
): Readonly<Record<string, Tensor>> {
  const feeds: Record<string, Tensor> = Object.create(null);
  let start = 0;
  for (const { name, type, count: declared, flat } of columns) {
    const left = start;
    const width = declared === "any" ? widthOf(table) : declared;
    const cells: Cells = (read) =>
      Array.from({ length: count * width }, (_, index) => {
        const row = Math.min(first + Math.floor(index / width), table.rows - 1);
        const column = left + (index % width);
        return read(valueAt(table, row, column), row, column);
      });
    feeds[name] = new runtime.Tensor(type, tensorData(type, cells), flat ? [count] : [count, width]);
    start += width;
  }
  return feeds;
}

function valueAt(table: DenseTable, row: number, column: number): Scalar {
  return table.kind === "matrix" ? table.data[row * table.columns + column]! : table.columns[column]![row]!;
}

function tensorData(type: TensorType, cells: Cells): TensorData {
  switch (type) {
    case "float32":
      return Float32Array.from(cells(numberOf));
    case "float64":
      return Float64Array.from(cells(numberOf));
    case "int32":
      return Int32Array.from(cells(int32Of));
    case "int64":
      return BigInt64Array.from(cells((...cell) => BigInt(integerOf(...cell))));
    case "bool":
      return Uint8Array.from(cells((...cell) => (numberOf(...cell) === 0 ? 0 : 1)));
    case "string":
      return cells(stringOf);
    default:
      return type satisfies never;
  }
}

function numberOf(value: Scalar, row: number, column: number): number {
  if (value === null) return Number.NaN;
  if (typeof value !== "string") return Number(value);
  throw wrongCell("a number", value, row, column);
}

function integerOf(value: Scalar, row: number, column: number): number {
  const number = numberOf(value, row, column);
  if (Number.isSafeInteger(number)) return number;
  throw wrongCell("an integer", value, row, column);
}

function int32Of(value: Scalar, row: number, column: number): number {
  const number = integerOf(value, row, column);
  if (number >= int32.min && number <= int32.max) return number;
  throw wrongCell("an integer of 32 bits", value, row, column);
}

function stringOf(value: Scalar, row: number, column: number): string {
  if (typeof value === "string") return value;
  throw new CellError(
    value === null ? "input-missing-value" : "input-not-a-string",
    row,
    column,
    (where) => `Expected a string at ${where}, found ${String(value)}`,
  );
}

function wrongCell(expected: string, value: Scalar, row: number, column: number): CellError {
  return new CellError(
    "input-not-a-number",
    row,
    column,
    (where) => `Expected ${expected} at ${where}, found ${JSON.stringify(String(value).slice(0, 40))}`,
  );
}
