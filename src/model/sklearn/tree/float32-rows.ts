import { CellError } from "../../core/cell-error.js";
import { matrixOf } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";

/** A table as scikit-learn's trees see it: in float32. */
export interface Float32Rows {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
  /** Whether there is a missing value (NaN) among them. */
  readonly missing: boolean;
}

/**
 * Rounds a table to float32.
 * @param takesMissing whether the trees support missing values
 * @throws ModelError "input-too-large" for a number that float32 cannot represent, "input-missing-value"
 */
export function float32Rows(table: Table, takesMissing: boolean): Float32Rows {
  const { rows, columns, data } = matrixOf(table);
  const rounded = Float32Array.from(data);
  let missing = false;
  for (let index = 0; index < rounded.length; index++) {
    // NaN for all that is not finite.
    if (rounded[index]! - rounded[index]! === 0) continue;
    if (takesMissing && Number.isNaN(rounded[index])) {
      missing = true;
      continue;
    }
    const [row, column] = [Math.floor(index / columns), index % columns];
    if (Number.isNaN(rounded[index])) {
      throw new CellError(
        "input-missing-value",
        row,
        column,
        (where) => `Missing value at ${where}; these trees do not support missing values`,
      );
    }
    throw new CellError(
      "input-too-large",
      row,
      column,
      (where) => `${data[index]} at ${where} is too large: trees compare 32-bit floats`,
    );
  }
  return { rows, columns, data: rounded, missing };
}
