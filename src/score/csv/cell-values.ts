// The value of a CSV cell, for a model's feature.

import type { Feature } from "../../model/index.js";
import { missingLengthMax, missingValues } from "../missing-values.js";
import { parseNumber } from "./parse-number.js";
import type { CsvRecords } from "./records.js";

/**
 * How the cells of a column are read. `automatic`: a number or a boolean where the cell is one, otherwise a string;
 * pandas decides so for a whole column.
 */
export type CellKind = "number" | "string" | "automatic";

/** Why a cell is not a value of its column. */
type CellProblem = "missing" | "infinite" | "not-a-number";

const booleans: ReadonlyMap<string, boolean> = new Map(
  ["True", "TRUE", "true"]
    .map((text): [string, boolean] => [text, true])
    .concat(["False", "FALSE", "false"].map((text) => [text, false])),
);
const infinities = /^[-+]?inf(inity)?$/i;

/** The kind of a column's cells. @param sample cells of the column, for categories that the model does not record */
export function cellKindOf({ kind, categories }: Feature, sample: readonly string[]): CellKind {
  if (kind === "number") return "number";
  if (kind === "text") return "string";
  if (categories && categories.length > 0) {
    return categories.every((category) => typeof category === "string" || category === null) ? "string" : "automatic";
  }
  const present = sample.filter((cell) => !missingValues.has(cell));
  return present.length > 0 && present.every((cell) => !Number.isNaN(numberOf(cell))) ? "automatic" : "string";
}

function numberOf(text: string): number {
  const bytes = Buffer.from(text);
  return parseNumber(bytes, 0, bytes.length);
}

/** A number, NaN where the cell is missing; or the problem. A boolean is 1 or 0, as a column of them is for pandas. */
export function numberInCell(records: CsvRecords, cell: number): number | CellProblem {
  const start = records.cellStart(cell);
  const end = records.cellEnd(cell);
  const value = parseNumber(records.bytes, start, end);
  if (Number.isFinite(value)) return value;
  if (end - start <= missingLengthMax) {
    const text = records.cellText(cell);
    if (missingValues.has(text)) return Number.NaN;
    const boolean = booleans.get(text);
    if (boolean !== undefined) return boolean ? 1 : 0;
    if (infinities.test(text)) return "infinite";
  }
  return Number.isNaN(value) ? "not-a-number" : "infinite";
}

/** A value of a column that is not only numbers; null where the cell is missing. */
export function valueInCell(records: CsvRecords, cell: number, kind: CellKind, known: ReadonlySet<string>) {
  if (kind !== "string") {
    const number = records.isEscaped(cell)
      ? Number.NaN
      : parseNumber(records.bytes, records.cellStart(cell), records.cellEnd(cell));
    if (Number.isFinite(number)) return number;
  }
  const text = records.cellText(cell);
  // A category such as "NA" was a string when the model was fitted.
  if (missingValues.has(text) && !known.has(text)) return null;
  return kind === "string" ? text : (booleans.get(text) ?? text);
}
