// Which columns the univariate tests choose, by their scores and p-values.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Value } from "../../pickle/values.js";

/** For each column whether it is chosen. */
export type Mask = readonly boolean[];

/** The k columns of the highest scores; NaN is the lowest, and of equal ones the last come first. */
export function best(attributes: EstimatorAttributes, k: Value | undefined): Mask {
  const scores = cleanScores(attributes);
  if (k === "all") return Array.from(scores, () => true);
  if (typeof k !== "number" || k < 0) throw attributes.expected("a number of columns", ["k", "param"], k);
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const chosen = new Set(k === 0 ? [] : order.slice(-k));
  return Array.from(scores, (_, column) => chosen.has(column));
}

/** The best columns by percentile; of those on the border, the first. */
export function byPercentile(attributes: EstimatorAttributes, percentile: number): Mask {
  const scores = cleanScores(attributes);
  if (percentile === 100 || percentile === 0) return Array.from(scores, () => percentile === 100);
  const threshold = percentileOf(scores, 100 - percentile);
  const mask = Array.from(scores, (score) => score > threshold);
  const ties = Array.from(scores.keys()).filter((column) => scores[column] === threshold);
  const most = Math.trunc((scores.length * percentile) / 100);
  for (const column of ties.slice(0, most - mask.filter(Boolean).length)) mask[column] = true;
  return mask;
}

/** Benjamini-Hochberg: p-values up to the largest one below the rising line. */
export function byFalseDiscovery(attributes: EstimatorAttributes, alpha: number): Mask {
  const values = attributes.numbers(["pvalues_"]);
  const sorted = values.slice().sort();
  let largest = Number.NEGATIVE_INFINITY;
  for (const [index, value] of sorted.entries()) {
    if (value <= (alpha / values.length) * (index + 1)) largest = value;
  }
  return Array.from(values, (value) => value <= largest);
}

function cleanScores(attributes: EstimatorAttributes): Float64Array {
  return attributes.numbers(["scores_"]).map((score) => (Number.isNaN(score) ? -Number.MAX_VALUE : score));
}

/** numpy.percentile, linear between neighbors. */
function percentileOf(values: Float64Array, percent: number): number {
  const sorted = values.slice().sort();
  const at = (percent / 100) * (sorted.length - 1);
  const low = Math.min(Math.max(Math.floor(at), 0), sorted.length - 1);
  const high = Math.min(low + 1, sorted.length - 1);
  const [a, b, t] = [sorted[low]!, sorted[high]!, at - low];
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}
