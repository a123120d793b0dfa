// Columns that a transformer passes on as they are (an identity FunctionTransformer, "passthrough"): what they may
// contain is decided by the step after it.

import type { Feature } from "../core/model.js";
import { mergeFeatures } from "./merge-inputs.js";

/** All columns, or by column of the result: the column of the input that it is. */
export type UnchangedColumns = "all" | ReadonlyMap<number, number>;

const none: UnchangedColumns = new Map();

/** The columns that are unchanged after two steps. */
export function unchangedAfter(first: UnchangedColumns = none, second: UnchangedColumns = none): UnchangedColumns {
  if (first === "all") return second;
  if (second === "all") return first;
  const both = new Map<number, number>();
  for (const [column, between] of second) {
    const from = first.get(between);
    if (from !== undefined) both.set(column, from);
  }
  return both;
}

/** The column of the input that a column of the result is; undefined where it is computed. */
export function outerColumn(unchanged: UnchangedColumns, column: number): number | undefined {
  return unchanged === "all" ? column : unchanged.get(column);
}

/** The columns of the input that are also columns of the result. */
export function outerColumns(unchanged: UnchangedColumns = none, count: number): ReadonlySet<number> {
  return new Set(unchanged === "all" ? Array.from({ length: count }, (_, column) => column) : unchanged.values());
}

/** The unchanged columns of a transformer of some columns of a table. @param start its first column in the result */
export function unchangedOf(
  unchanged: UnchangedColumns | undefined,
  columns: readonly number[],
  start: number,
): readonly (readonly [column: number, from: number])[] {
  if (unchanged === undefined) return [];
  if (unchanged === "all") return columns.map((from, index) => [start + index, from]);
  return Array.from(unchanged, ([column, from]) => [start + column, columns[from]!]);
}

/** The columns of a step, where those that pass unchanged are also columns of the next one. */
export function featuresThrough(
  features: readonly Feature[],
  unchanged: UnchangedColumns | undefined,
  next: () => readonly Feature[],
): readonly Feature[] {
  if (unchanged === undefined || features.length === 0) return features;
  const merged = [...features];
  const after = next();
  const pairs = unchanged === "all" ? merged.map((_, column) => [column, column] as const) : unchanged;
  for (const [column, from] of pairs) {
    const before = merged[from];
    const feature = after[column];
    if (before && feature) merged[from] = { ...mergeFeatures(before, feature), name: before.name };
  }
  return merged;
}
