// The columns of a CatBoost model: what a row must have, and how its cells are read.

import { CellError } from "../core/cell-error.js";
import { matrixOf } from "../core/matrix.js";
import type { Feature, Scalar, Table } from "../core/model.js";
import { categoryHash } from "./hashes.js";
import { broken, type ModelParts } from "./parts.js";

/** One row, as splits see it. Features are addressed by their position in the file's list. */
export interface Row {
  /** A missing value is the number that its feature counts it as. */
  readonly floats: Float32Array;
  /** Of the category features: the values' hashes. */
  readonly hashes: Int32Array;
}

/** Columns that the file does not describe: drop_unused_features removes those that the model does not use. */
const otherColumnsMax = 100_000;

/** The columns of the training table. Those that the file does not describe are not used. */
export function readFeatures(parts: ModelParts): {
  readonly features: readonly Feature[];
  readonly named: boolean;
} {
  const used = usedCategories(parts);
  const all = [
    ...parts.floats.map((feature) => ({ ...feature, kind: "number" as const, isUsed: feature.borders.length > 0 })),
    ...parts.categories.map((feature) => ({ ...feature, kind: "category" as const, isUsed: used.has(feature.index) })),
  ];
  const count = all.reduce((most, { column }) => Math.max(most, column + 1), 0);
  if (count === 0) throw broken("it has no columns");
  if (count - all.length > otherColumnsMax) throw broken(`it has ${count} columns, and describes ${all.length}`);
  const byColumn = new Map(all.map((feature) => [feature.column, feature]));
  if (byColumn.size !== all.length || all.some(({ column }) => column < 0))
    throw broken("its features are not columns of one table");
  // The name of a column without one is its number, or empty.
  const named = all.some(({ name, column }) => name !== "" && name !== String(column));
  const features = Array.from({ length: count }, (_, column): Feature => {
    const feature = byColumn.get(column);
    return {
      name: (named && feature?.name) || `x${column}`,
      kind: feature?.kind ?? "number",
      // CatBoost accepts a missing number even where the training data had none, but no missing category.
      missing: feature?.kind !== "category" || !feature.isUsed,
      ...(!feature?.isUsed && { unused: true }),
    };
  });
  return { features, named };
}

/** The numbers of the category features that splits refer to. */
function usedCategories({ oneHots, ctrs }: ModelParts): ReadonlySet<number> {
  const combinations = ctrs.map(({ combination }) => combination);
  return new Set([
    ...oneHots.map(({ category }) => category),
    ...combinations.flatMap(({ categories }) => Array.from(categories)),
    ...combinations.flatMap(({ oneHotSplits }) => oneHotSplits.map(([category]) => category)),
  ]);
}

/** @returns a function that reads the row of this number into `row` */
export function rowReader(parts: ModelParts, table: Table): (index: number, row: Row) => void {
  const { floats, categories } = parts;
  const used = usedCategories(parts);
  const hashes = categories.map(({ index, column }) => (used.has(index) ? hashesOf(table, column) : undefined));
  const columns = floats.map(({ column }) => column);
  const numbers = numbersOf(table, columns);
  return function readRow(index, row) {
    for (let position = 0; position < floats.length; position++) {
      const value = numbers(index, position);
      row.floats[position] = Number.isNaN(value) ? floats[position]!.missing : value;
    }
    for (let position = 0; position < hashes.length; position++) row.hashes[position] = hashes[position]?.[index] ?? 0;
  };
}

/** Reads cells of these columns only: the others of a frame are categories. */
function numbersOf(table: Table, columns: readonly number[]): (row: number, position: number) => number {
  if (table.kind !== "frame") {
    const { data, columns: width } = matrixOf(table);
    return (row, position) => data[row * width + columns[position]!]!;
  }
  const data = columns.map((column) => numbersOfColumn(table, column));
  return (row, position) => data[position]![row]!;
}

function numbersOfColumn(table: Extract<Table, { kind: "frame" }>, column: number): Float64Array {
  return Float64Array.from({ length: table.rows }, (_, row) => {
    const value = table.columns[column]![row];
    if (value === null || value === undefined) return Number.NaN;
    if (typeof value === "number" || typeof value === "boolean") return Number(value);
    throw new CellError(
      "input-not-a-number",
      row,
      column,
      (where) => `Expected a number at ${where}, found a ${typeof value}`,
    );
  });
}

/** Each different value of a column is hashed once. */
function hashesOf(table: Table, column: number): Int32Array {
  const values = columnOf(table, column);
  const known = new Map<Scalar, number>();
  return Int32Array.from({ length: table.rows }, (_, row) => {
    const value = values[row]!;
    let hash = known.get(value);
    if (hash === undefined) {
      hash = categoryHash(categoryText(value, row, column));
      known.set(value, hash);
    }
    return hash;
  });
}

function columnOf(table: Table, column: number): ArrayLike<Scalar> {
  if (table.kind === "frame") return table.columns[column]!;
  const { data, columns, rows } = matrixOf(table);
  return Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]!);
}

/** As CatBoost writes the value: a boolean is an integer. It rejects other numbers, and missing values. */
function categoryText(value: Scalar, row: number, column: number): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(Number(value));
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  const found = value === null || Number.isNaN(value) ? "a missing value" : String(value);
  throw new CellError(
    "input-not-a-number",
    row,
    column,
    (where) => `Expected a string or an integer as the category at ${where}, found ${found}`,
  );
}
