// What every output format gets: the rows that have predictions.

import type { DecodedBlock, NamedColumn } from "./block.js";
import type { PredictionColumn } from "./prediction-columns.js";

export interface ScoredTable {
  /** `raw` only where the output has the input's format: its records are then copied. */
  readonly decoded: DecodedBlock;
  /** The input's columns. */
  readonly columns: readonly NamedColumn[];
  /** The records with predictions, ascending. */
  readonly records: readonly number[];
  /** One value for each of `records`. */
  readonly predictions: readonly PredictionColumn[];
}

/** A value as JSON. NaN and infinity, which JSON does not have, are null. */
export function jsonOf(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner)) ?? "null";
}
