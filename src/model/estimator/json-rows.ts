// Rows that are objects or lists: the input of dictionary vectorizers and label sets.

import { CellError } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { Inputs } from "./inputs.js";

/** One column, of rows as JSON. */
export const jsonInputs: Inputs = {
  count: 1,
  named: false,
  missing: false,
  features: () => [{ name: "row", kind: "json", missing: false }],
};

/** What the row says. @throws ModelError "input-not-rows" */
export function readJsonRow(cell: Scalar, row: number): unknown {
  try {
    if (typeof cell === "string") return JSON.parse(cell);
  } catch {
    // Rejected below, like any other cell that is not JSON.
  }
  throw new CellError("input-not-rows", row, 0, (where) => `Expected an object or a list at ${where}`);
}
