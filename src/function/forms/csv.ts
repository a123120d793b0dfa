// Rows and results as CSV (RFC 4180, text/csv).

import { csvRows } from "../../base/index.js";
import { type Feature, numberText, type Scalar, type Signature } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import { parseJson } from "../json.js";
import type { Prediction, PredictionRequest } from "../prediction.js";
import { classNames, isLabelled, type Options } from "./options.js";

interface CsvRequest {
  /** Rows as a request's `values`: objects where the header has names of columns, else lists. */
  readonly rows: readonly unknown[];
  readonly hasHeader: boolean;
}

/** Empty cells, and what pandas and R write for a missing value. */
const missingTexts: ReadonlySet<string> = new Set(["", "NaN", "nan", "NA", "N/A", "null", "NULL", "None"]);

/**
 * Rows by name where the table has a header, by position where it has none.
 * @param header whether the first line is a header; undefined: it is one where it has the names of the model's columns,
 * or no number in any of its columns of numbers
 * @throws FunctionError "input-csv" with line and column
 */
export function readCsvRows(text: string, signature: Signature, header?: boolean): CsvRequest {
  const rows = csvRows(text, (line, column) => {
    const message = `Line ${line}, column ${column}: a double quote is not closed, or is inside an unquoted cell`;
    return new FunctionError("input-csv", message, { place: { row: line, column } });
  });
  const [first] = rows;
  if (!first) throw new FunctionError("input-csv", "The table is empty");
  const { features, named } = signature;
  const hasHeader = header ?? isHeader(first.cells, features);
  const names = hasHeader && named ? first.cells : undefined;
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const width = first.cells.length;
  const values = rows.slice(hasHeader ? 1 : 0).map(({ line, cells }) => {
    if (cells.length !== width) {
      const message = `Line ${line} has ${cells.length} cells; the first line has ${width}`;
      throw new FunctionError("input-csv", message, { place: { row: line } });
    }
    if (names)
      return Object.fromEntries(names.map((name, column) => [name, cellValue(cells[column], byName.get(name))]));
    return cells.map((cell, column) => cellValue(cell, features[column]));
  });
  return { rows: values, hasHeader };
}

function isHeader(cells: readonly string[], features: readonly Feature[]): boolean {
  const names = new Set(cells);
  if (features.length > 0 && features.every(({ name, unused }) => unused || names.has(name))) return true;
  const isNumeric = (cell: string) => numberText.test(cell) || missingTexts.has(cell);
  if (features.length === 0) return !cells.some(isNumeric);
  return features.some(({ kind }) => kind === "number") && !cells.some(isNumeric);
}

/** A cell as the JSON value that the model's column accepts. The model checks it, and names row and column. */
function cellValue(cell = "", feature?: Feature): unknown {
  switch (feature?.kind) {
    case "text":
      return cell;
    case "json":
      return parseJson(cell, "A cell");
    case "number":
      return missingTexts.has(cell) ? null : (logical(cell) ?? numeric(cell) ?? cell);
    default:
      return categoryOf(cell, feature?.categories);
  }
}

/** Categories are strings, numbers or booleans in Python; where the file records none, as pandas guesses. */
function categoryOf(cell: string, categories?: readonly Scalar[]): unknown {
  if (categories?.includes(cell)) return cell;
  if (missingTexts.has(cell)) return null;
  const types = new Set(categories?.map((category) => typeof category));
  if (!categories || types.has("number") || types.has("bigint")) {
    const value = numeric(cell);
    if (value !== undefined) return value;
  }
  return (!categories || types.has("boolean") ? logical(cell) : undefined) ?? cell;
}

function numeric(cell: string): number | undefined {
  return numberText.test(cell) ? Number(cell) : undefined;
}

function logical(cell: string): boolean | undefined {
  const lower = cell.toLowerCase();
  return lower === "true" || lower === "false" ? lower === "true" : undefined;
}

/** The same request with its results as CSV: a line for each row, and a header where columns have names. */
export function withCsvResponse(request: PredictionRequest, options: Options, signature: Signature): PredictionRequest {
  return {
    ...request,
    respond: (predictions) => ({ body: csvOf(predictions, options, signature), contentType: "text/csv" }),
  };
}

function csvOf(predictions: readonly Prediction[], options: Options, signature: Signature): string {
  const tables = predictions.map(({ method, output: { shape, data, parts } }) => {
    if (parts || shape.length > 2) {
      throw new FunctionError("input-csv", `${method} returns lists inside of rows, which CSV cannot express`);
    }
    const width = shape[1] ?? 1;
    return {
      rows: shape[0] ?? 0,
      cells: (row: number) => Array.from({ length: width }, (_, i) => data[row * width + i]),
    };
  });
  const lines = Array.from({ length: tables[0]?.rows ?? 0 }, (_, row) =>
    tables.flatMap(({ cells }) => cells(row).map((value) => cellOf(value ?? null))).join(","),
  );
  const header = options.labels || options.byMethod ? [headerOf(predictions, options, signature)] : [];
  return [...header, ...lines, ""].join("\n");
}

/** The methods' names, with a class or the number of a column where a method has several columns. */
function headerOf(predictions: readonly Prediction[], options: Options, signature: Signature): string {
  const names = predictions.flatMap(({ method, output }) => {
    const width = output.shape[1] ?? 1;
    if (isLabelled(method, options)) {
      return classNames(method, output, signature).map((name) => (options.byMethod ? `${method}_${name}` : name));
    }
    return output.shape.length < 2 ? [method] : Array.from({ length: width }, (_, column) => `${method}_${column}`);
  });
  return names.map(cellOf).join(",");
}

/** A missing value is an empty cell. */
function cellOf(value: Scalar): string {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return "";
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
