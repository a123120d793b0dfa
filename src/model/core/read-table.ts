// The `values` of a request, checked against the model's signature. Rows and columns are counted from 1 in messages, as
// people do.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { methodUnknown } from "./create-model.js";
import type { Feature, MethodName, Scalar, Signature, Table } from "./model.js";

/**
 * Reads the rows of a request: lists in the order of the columns, or objects by column name where the model records
 * names. `values` is what JSON.parse made of the request's member, undefined where it is missing.
 * @throws ModelError "input-..." naming row and column, both counted from 1
 */
export function readTable(values: unknown, signature: Signature): Table {
  if (values === undefined) {
    throw new ModelError("input-values-missing", `The request has no "values"; expected ${example(signature)}`);
  }
  if (!Array.isArray(values)) {
    throw new ModelError(
      "input-not-rows",
      `"values" is ${kindOf(values)}, not a list of rows; expected ${example(signature)}`,
    );
  }
  if (values.length === 0) throw new ModelError("input-empty", '"values" has no rows');
  const { features } = signature;
  if (features.length === 0 && isList(values[0])) {
    return readTable(values, { ...signature, features: values[0].map((_, index) => unknownFeature(index)) });
  }
  if (!features.every(({ kind }) => kind === "number")) return readFrame(values, signature);
  const columns = features.length;
  const data = new Float64Array(values.length * columns);
  for (let row = 0; row < values.length; row++) {
    const cells = cellsOf(values[row], row, signature);
    for (let column = 0; column < columns; column++) {
      data[row * columns + column] = readNumber(cells[column], row, column, features[column]!, signature);
    }
  }
  return { kind: "matrix", rows: values.length, columns, data };
}

function isList(row: unknown): row is readonly unknown[] {
  return Array.isArray(row) && row.length > 0;
}

/** A column of a model that accepts any number of them. */
function unknownFeature(index: number): Feature {
  return { name: `x${index}`, kind: "category", missing: true };
}

/** The method that a request names, or the model's first. @throws ModelError "method-unknown" */
export function readMethod(method: unknown, signature: Signature): MethodName {
  if (method === undefined || method === null) return signature.methods[0]!.name;
  const found = signature.methods.find(({ name }) => name === method);
  if (!found) throw methodUnknown(typeof method === "string" ? method : JSON.stringify(method), signature);
  return found.name;
}

function readFrame(values: readonly unknown[], signature: Signature): Table {
  const columns = signature.features.map((): Scalar[] => []);
  for (let row = 0; row < values.length; row++) {
    const cells = cellsOf(values[row], row, signature);
    for (let column = 0; column < columns.length; column++) {
      columns[column]!.push(readCell(cells[column], row, column, signature.features[column]!, signature));
    }
  }
  return { kind: "frame", rows: values.length, columns };
}

/** A row's values in the order of the columns. */
function cellsOf(row: unknown, index: number, signature: Signature): readonly unknown[] {
  const { features, named } = signature;
  const [only] = features;
  if (only && features.length === 1) {
    if (only.kind === "json" && typeof row === "object" && row !== null) return [JSON.stringify(row)];
    // A column alone needs no list around each value.
    if (only.kind !== "number" && only.kind !== "json" && isScalar(row)) return [row];
  }
  if (Array.isArray(row)) {
    if (row.length === features.length || features.length === 0) return row;
    const features_ = `${features.length} feature${features.length === 1 ? "" : "s"}`;
    throw new ModelError("input-width", `Row ${index + 1} has ${row.length} values; the model expects ${features_}`, {
      place: { row: index + 1 },
      hint: `The columns, in order: ${namesOf(features)}.`,
    });
  }
  if (typeof row === "object" && row !== null && named) return cellsByName(row, index, signature);
  // The commonest slip: one row without the list around it.
  const hint =
    typeof row === "number" ? `A single row is a list in a list: {"values": ${exampleRows(signature)}}.` : undefined;
  throw new ModelError(
    "input-not-rows",
    `Row ${index + 1} is ${kindOf(row)}, not a list of ${features.length} values`,
    {
      place: { row: index + 1 },
      hint,
    },
  );
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function cellsByName(row: object, index: number, { features, ignoreExtra }: Signature): readonly unknown[] {
  const cells = cellsOfObject(row, features);
  const place = { row: index + 1 };
  let left = 0;
  const ordered = features.map(({ name, unused }) => {
    if (!cells.has(name)) {
      if (unused) {
        left++;
        return null;
      }
      throw new ModelError("input-name-missing", `Row ${index + 1} has no ${JSON.stringify(name)}`, {
        place: { ...place, column: name },
      });
    }
    return cells.get(name);
  });
  if (!ignoreExtra && cells.size > features.length - left) {
    const known = new Set(features.map(({ name }) => name));
    const other = [...cells.keys()].find((name) => !known.has(name));
    throw new ModelError(
      "input-name-unknown",
      `Row ${index + 1} has ${JSON.stringify(other)}, which is not a column of the model`,
      {
        place,
        hint: `The columns are: ${namesOf(features)}. To ignore other keys, set ignore_extra: true in the spec file (tepal.yaml).`,
      },
    );
  }
  return ordered;
}

/** The values of a row by column, where the library replaced blanks in its names. */
function cellsOfObject(row: object, features: readonly Feature[]): Map<string, unknown> {
  const cells = new Map<string, unknown>(Object.entries(row));
  for (const { name, blanksReplaced } of features) {
    if (!blanksReplaced || cells.has(name)) continue;
    const key = [...cells.keys()].find((each) => each.replaceAll(" ", "_") === name);
    if (key === undefined) continue;
    cells.set(name, cells.get(key));
    cells.delete(key);
  }
  return cells;
}

/** A number as Python's float() reads it, without underscores, NaN and infinity. */
export const numberText = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/** A boolean is 1 or 0, as in pandas: a data frame's column of booleans is numbers for scikit-learn. */
function readNumber(
  value: unknown,
  row: number,
  column: number,
  feature: Feature,
  { numbersFromStrings }: Signature,
): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string" && numberText.test(value)) {
    if (numbersFromStrings && Number.isFinite(Number(value))) return Number(value);
    const hint = "Send the number without quotes, or set numbers_from_strings: true in the spec file (tepal.yaml).";
    throw wrongCell(value, row, column, feature, "a number", hint);
  }
  if (value === null && feature.missing) return Number.NaN;
  throw wrongCell(value, row, column, feature, "a number");
}

function readCell(value: unknown, row: number, column: number, feature: Feature, signature: Signature): Scalar {
  if (feature.kind === "number") return readNumber(value, row, column, feature, signature);
  if (typeof value === "string") return value;
  if (feature.kind === "category" && (typeof value === "number" || typeof value === "boolean")) return value;
  if (value === null && feature.missing) return null;
  throw wrongCell(value, row, column, feature, feature.kind === "text" ? "a string" : "a category");
}

function wrongCell(
  value: unknown,
  row: number,
  column: number,
  { name }: Feature,
  expected: string,
  hint?: string,
): TepalError {
  const where = `row ${row + 1}, column ${column + 1} (${JSON.stringify(name)})`;
  const place = { row: row + 1, column: column + 1 };
  if (value === null)
    return new ModelError("input-missing-value", `Missing value (null) at ${where}; expected ${expected}`, {
      place,
    });
  return new ModelError("input-not-a-number", `Expected ${expected} at ${where}, found ${kindOf(value)}`, {
    place,
    ...(hint !== undefined && { hint }),
  });
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === "number")
    return Number.isFinite(value) ? `the number ${value}` : "a number too large for a double";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function namesOf(features: readonly Feature[]): string {
  const shown = features.slice(0, 30).map(({ name }) => name);
  return shown.join(", ") + (features.length > shown.length ? ", ..." : "");
}

function example(signature: Signature): string {
  return `{"values": ${exampleRows(signature)}}`;
}

function exampleRows({ features }: Signature): string {
  const shown = features.slice(0, 4).map(({ kind }, index) => (kind === "number" ? String(index + 1) : '"..."'));
  return `[[${shown.join(", ")}${features.length > shown.length ? ", ..." : ""}]]`;
}
