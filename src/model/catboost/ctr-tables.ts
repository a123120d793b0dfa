// Target statistics: the tables of numbers by combination of categories, and the value of one for a row.

import { broken, type CtrFeature, type CtrTable } from "./parts.js";

/** A hash of 8 bytes and the row of its numbers. */
const bucketBytes = 12;

/** Half of a hash that no combination has: it marks an empty bucket. */
const emptyHalf = 0xffffffff;

/**
 * Buckets in a row that a search may have to visit. CatBoost leaves at least half of the buckets empty: rows of more
 * than a hundred do not happen.
 */
const runMax = 4096;

const low32 = 0xffffffffn;

/**
 * CatBoost's hash table, used in place: a model of user ids has millions of buckets.
 * @param rows the rows that buckets may name
 */
export function bucketIndex(bytes: Uint8Array, rows: number): CtrTable["rowOf"] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length / bucketBytes;
  if (!Number.isInteger(count) || !Number.isInteger(Math.log2(count)))
    throw broken(`statistics of ${count} buckets, which is not a power of 2`);
  checkBuckets(view, count, rows);
  return (hash) => {
    const low = Number(hash & low32);
    const high = Number(hash >> 32n);
    for (let bucket = (low & (count - 1)) >>> 0; ; bucket = (bucket + 1) & (count - 1)) {
      const at = bucket * bucketBytes;
      const bucketLow = view.getUint32(at, true);
      const bucketHigh = view.getUint32(at + 4, true);
      if (bucketLow === emptyHalf && bucketHigh === emptyHalf) return -1;
      if (bucketLow === low && bucketHigh === high) return view.getUint32(at + 8, true);
    }
  };
}

/** Every search must end soon, and at a row that exists. */
function checkBuckets(view: DataView, count: number, rows: number): void {
  let run = 0;
  let hasEmpty = false;
  for (let bucket = 0; bucket < count; bucket++) {
    const at = bucket * bucketBytes;
    if (view.getUint32(at, true) === emptyHalf && view.getUint32(at + 4, true) === emptyHalf) {
      hasEmpty = true;
      run = 0;
      continue;
    }
    if (++run > runMax) throw broken(`statistics with more than ${runMax} full buckets in a row`);
    const row = view.getUint32(at + 8, true);
    if (row >= rows) throw broken(`statistics refer to row ${row} of ${rows}`);
  }
  if (!hasEmpty) throw broken("statistics without an empty bucket");
}

/** The value of a statistic. Floats of 32 bits throughout, as in CatBoost. @param row -1: the combination is unknown */
export function ctrValue(ctr: CtrFeature, table: CtrTable, row: number): number {
  const { values, stride } = table;
  const start = row * stride;
  switch (ctr.type) {
    case "BinarizedTargetMeanValue":
    case "FloatTargetMeanValue":
      return row < 0 ? ratio(ctr, 0, 0) : ratio(ctr, values[start]!, values[start + 1]!);
    case "Counter":
    case "FeatureFreq":
      return ratio(ctr, row < 0 ? 0 : values[start]!, table.denominator);
    case "Buckets":
    case "Borders": {
      if (row < 0) return ratio(ctr, 0, 0);
      let total = 0;
      let good = 0;
      for (let index = 0; index < stride; index++) {
        const count = values[start + index]!;
        total += count;
        if (ctr.type === "Buckets" ? index === ctr.targetBorder : index > borderOf(ctr, stride)) good += count;
      }
      return ratio(ctr, good, total);
    }
    default:
      return ctr.type satisfies never;
  }
}

/** With two classes there is one border, whatever its number is. */
function borderOf(ctr: CtrFeature, stride: number): number {
  return stride > 2 ? ctr.targetBorder : 0;
}

function ratio(ctr: CtrFeature, count: number, total: number): number {
  const numerator = Math.fround(Math.fround(count) + ctr.priorNumerator);
  const denominator = Math.fround(Math.fround(total) + ctr.priorDenominator);
  return Math.fround(Math.fround(Math.fround(numerator / denominator) + ctr.shift) * ctr.scale);
}
