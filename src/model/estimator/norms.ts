// Rows divided by their norm: Normalizer, TF-IDF, hashed documents.

import type { SparseTable } from "../core/model.js";
import type { EstimatorAttributes } from "./attributes.js";

export type Norm = "l1" | "l2" | "max";

/** `norm`; undefined for None. */
export function readNorm(attributes: EstimatorAttributes): Norm | undefined {
  const norm = attributes.get("norm");
  if (norm === undefined || norm === "l1" || norm === "l2" || norm === "max") return norm;
  throw attributes.expected("l1, l2 or max", ["norm"], norm);
}

/** Each row's entries divided by their norm, summed in the order of the entries; a row of zeros stays. */
export function normalizeRows(table: SparseTable, norm: Norm): SparseTable {
  const data = table.data.slice();
  for (let row = 0; row < table.rows; row++) {
    const entries = data.subarray(table.indptr[row]!, table.indptr[row + 1]!);
    const length = lengthOf(entries, norm);
    if (length === 0) continue;
    for (let entry = 0; entry < entries.length; entry++) entries[entry] = entries[entry]! / length;
  }
  return { ...table, data };
}

function lengthOf(values: Float64Array, norm: Norm): number {
  let length = 0;
  for (const value of values) {
    if (norm === "l1") length += Math.abs(value);
    else if (norm === "l2") length += value * value;
    else length = Math.max(length, Math.abs(value));
  }
  return norm === "l2" ? Math.sqrt(length) : length;
}
