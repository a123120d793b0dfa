// Rows that are objects or lists: the input of dictionary vectorizers and label sets.

import type { Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
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
  throw new ModelError("input-not-rows", `Row ${row + 1} is not an object or a list`, { place: { row: row + 1 } });
}
