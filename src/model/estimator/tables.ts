// Tables between the steps of a pipeline: converted from results, split into columns, concatenated.

import type { ModelMethod } from "../core/create-model.js";
import { matrixOf } from "../core/matrix.js";
import type { ColumnCount, Output, Scalar, SparseTable, Table } from "../core/model.js";
import { numbersFrom } from "./numbers.js";

/** A `transform` that makes a table of `columns` columns: of numbers, unless `kind` says otherwise. */
export function transformTo(
  columns: ColumnCount,
  change: (table: Table) => Table,
  kind: ModelMethod["output"]["kind"] = "number",
): ModelMethod {
  return { output: { kind, columns }, run: (table) => outputOf(change(table)), table: change };
}

/** The result of `method` as a table for the next step. */
export function tableFrom(method: ModelMethod, table: Table): Table {
  if (method.table) return method.table(table);
  return { kind: "matrix", ...numbersFrom(method, table) };
}

/** Columns of a table. */
export function widthOf(table: Table): number {
  return table.kind === "frame" ? table.columns.length : table.columns;
}

/** A table as a result. */
export function outputOf(table: Table): Output {
  if (table.kind !== "frame") {
    const { rows, columns, data } = matrixOf(table);
    return { shape: [rows, columns], data };
  }
  const columns = table.columns.length;
  const data = new Array<Scalar>(table.rows * columns);
  for (const [column, values] of table.columns.entries()) {
    for (let row = 0; row < table.rows; row++) data[row * columns + column] = values[row]!;
  }
  return { shape: [table.rows, columns], data };
}

/** One column of a table, missing numbers as NaN. */
export function columnOf(table: Table, column: number): readonly Scalar[] {
  if (table.kind === "frame") return table.columns[column]!;
  const { rows, columns, data } = matrixOf(table);
  return Array.from({ length: rows }, (_, row) => data[row * columns + column]!);
}

/** A matrix of these columns, or a frame where one has strings. A missing value becomes NaN in a matrix. */
export function tableOfColumns(columns: readonly ArrayLike<Scalar>[], rows: number): Table {
  const isNumber = (cell: Scalar) => cell === null || typeof cell === "number" || typeof cell === "boolean";
  if (!columns.every((column) => column instanceof Float64Array || Array.from(column).every(isNumber)))
    return { kind: "frame", rows, columns: columns.map((column) => Array.from(column)) };
  const data = new Float64Array(rows * columns.length);
  for (const [index, column] of columns.entries()) {
    for (let row = 0; row < rows; row++) {
      const cell = column[row]!;
      data[row * columns.length + index] = cell === null ? Number.NaN : Number(cell);
    }
  }
  return { kind: "matrix", rows, columns: columns.length, data };
}

/** The table of these columns, in this order. */
export function selectColumns(table: Table, chosen: readonly number[]): Table {
  if (table.kind === "frame") {
    return { kind: "frame", rows: table.rows, columns: chosen.map((column) => table.columns[column]!) };
  }
  if (table.kind === "sparse") return selectSparse(table, chosen);
  const { rows, columns } = table;
  const data = new Float64Array(rows * chosen.length);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const column of chosen) data[at++] = table.data[row * columns + column]!;
  }
  return { ...table, columns: chosen.length, data };
}

function selectSparse(table: SparseTable, chosen: readonly number[]): SparseTable {
  const newColumns = new Map(chosen.map((column, index) => [column, index]));
  const made = new SparseRows(chosen.length);
  for (let row = 0; row < table.rows; row++) {
    for (let entry = table.indptr[row]!; entry < table.indptr[row + 1]!; entry++) {
      const column = newColumns.get(table.indices[entry]!);
      if (column !== undefined) made.add(column, table.data[entry]!);
    }
    made.endRow();
  }
  return made.table();
}

/**
 * The columns of several tables in one table: sparse if requested, a frame if one of them is a frame, else a matrix.
 */
export function sideBySide(tables: readonly Table[], rows: number, sparse: boolean): Table {
  if (tables.some(({ kind }) => kind === "frame")) {
    return {
      kind: "frame",
      rows,
      columns: tables.flatMap((table) =>
        Array.from({ length: widthOf(table) }, (_, column) => columnOf(table, column)),
      ),
    };
  }
  const columns = tables.reduce((sum, table) => sum + widthOf(table), 0);
  if (sparse) return sparseSideBySide(tables, rows, columns);
  const data = new Float64Array(rows * columns);
  let start = 0;
  for (const table of tables) {
    const matrix = matrixOf(table);
    for (let row = 0; row < rows; row++) {
      data.set(matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns), row * columns + start);
    }
    start += matrix.columns;
  }
  const single = tables.every((table) => table.kind === "matrix" && table.single === true);
  return { kind: "matrix", rows, columns, data, single };
}

function sparseSideBySide(tables: readonly Table[], rows: number, columns: number): SparseTable {
  const parts = tables.map(sparseOf);
  const made = new SparseRows(columns);
  for (let row = 0; row < rows; row++) {
    let start = 0;
    for (const { indices, indptr, data, columns: width } of parts) {
      for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) made.add(start + indices[entry]!, data[entry]!);
      start += width;
    }
    made.endRow();
  }
  return made.table();
}

/** The entries of a table that are not zero. */
export function sparseOf(table: Table): SparseTable {
  if (table.kind === "sparse") return table;
  const { rows, columns, data } = matrixOf(table);
  const made = new SparseRows(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column]!;
      if (value !== 0) made.add(column, value);
    }
    made.endRow();
  }
  return made.table();
}

/** Writes a sparse table row by row. */
export class SparseRows {
  readonly #columns: number;
  readonly #data: number[] = [];
  readonly #indices: number[] = [];
  readonly #indptr: number[] = [0];

  constructor(columns: number) {
    this.#columns = columns;
  }

  add(column: number, value: number): void {
    this.#indices.push(column);
    this.#data.push(value);
  }

  endRow(): void {
    this.#indptr.push(this.#data.length);
  }

  table(): SparseTable {
    return {
      kind: "sparse",
      rows: this.#indptr.length - 1,
      columns: this.#columns,
      data: Float64Array.from(this.#data),
      indices: Int32Array.from(this.#indices),
      indptr: Int32Array.from(this.#indptr),
    };
  }
}

/** Multiplies the values of a table, as `transformer_weights` do. */
export function scaleTable(table: Table, weight: number): Table {
  if (weight === 1) return table;
  const numbers: Table = table.kind === "frame" ? { kind: "matrix", ...matrixOf(table) } : table;
  return { ...numbers, data: numbers.data.map((value) => value * weight) };
}
