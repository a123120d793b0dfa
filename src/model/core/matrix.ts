import { ModelError } from "../errors.js";
import { CellError } from "./cell-error.js";
import type { SparseTable, Table } from "./model.js";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** The table as a matrix of numbers, where a boolean is 1 or 0. @throws ModelError "input-not-a-number" */
export function matrixOf(table: Table): Matrix {
  if (table.kind === "matrix") return table;
  if (table.kind === "sparse") return denseOf(table);
  const columns = table.columns.length;
  const data = new Float64Array(table.rows * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < table.rows; row++) {
      const value = table.columns[column]![row];
      if (value !== null && typeof value !== "number" && typeof value !== "boolean") {
        throw new CellError(
          "input-not-a-number",
          row,
          column,
          (where) => `Expected a number at ${where}, found a ${typeof value}`,
        );
      }
      data[row * columns + column] = value === null ? Number.NaN : Number(value);
    }
  }
  return { rows: table.rows, columns, data };
}

/** Values of a sparse table as a dense one: 1 GB. Hashed documents have 2^20 columns. */
const denseMax = 1 << 27;

function denseOf(table: SparseTable): Matrix {
  const { rows, columns } = table;
  if (rows * columns > denseMax) {
    throw new ModelError(
      "input-too-many",
      `${rows} rows of ${columns} columns are ${rows * columns} numbers; the maximum is ${denseMax}`,
      { hint: "Send fewer rows in one request." },
    );
  }
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) scatter(table, row, data, row * columns);
  return { rows, columns, data };
}

/** Visits the rows as numbers, those of a sparse table one at a time: `data` holds the row from `rowStart` on. */
export function eachRow(table: Table, visit: (data: Float64Array, rowStart: number, row: number) => void): void {
  if (table.kind === "sparse") {
    const data = new Float64Array(table.columns);
    for (let row = 0; row < table.rows; row++) {
      scatter(table, row, data, 0);
      visit(data, 0, row);
      for (let entry = table.indptr[row]!; entry < table.indptr[row + 1]!; entry++) data[table.indices[entry]!] = 0;
    }
    return;
  }
  const { rows, columns, data } = matrixOf(table);
  for (let row = 0; row < rows; row++) visit(data, row * columns, row);
}

function scatter({ data, indices, indptr }: SparseTable, row: number, into: Float64Array, start: number): void {
  for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) into[start + indices[entry]!] = data[entry]!;
}
