import { TepalError } from "../base/index.js";
import type { Table } from "./model.js";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** The table as a matrix of numbers. @throws TepalError "input-not-a-number" */
export function matrixOf(table: Table): Matrix {
  if (table.kind === "matrix") return table;
  const columns = table.columns.length;
  const data = new Float64Array(table.rows * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < table.rows; row++) {
      const value = table.columns[column]![row];
      if (value !== null && typeof value !== "number") {
        throw new TepalError(
          "input-not-a-number",
          `Row ${row + 1}, column ${column + 1} holds ${typeof value}, not a number`,
          {
            place: { row: row + 1, column: column + 1 },
          },
        );
      }
      data[row * columns + column] = value ?? Number.NaN;
    }
  }
  return { rows: table.rows, columns, data };
}
