// From the logarithms of likelihoods to probabilities, as scipy.special.logsumexp does it.

import type { ModelMethod } from "../create-model.js";
import { exp } from "../math/exp.js";
import { log, log1p } from "../math/log.js";
import { argmax, type FillRow, numberForRow, numbersForRow } from "../methods.js";
import type { MethodName } from "../model.js";
import { pairwiseSum } from "../numpy/pairwise-sum.js";
import type { State } from "./state.js";

/** The logarithm of each class's likelihood for a row. */
export interface Likelihoods {
  readonly fill: FillRow;
  /** How numpy adds them: pairwise where a row's lie side by side in its memory, in order where a class's do. */
  readonly sum: "pairwise" | "in-order";
}

/** predict_proba and predict_log_proba. */
export function likelihoodMethods(
  state: State,
  likelihoods: Likelihoods,
  width: number,
): readonly (readonly [MethodName, ModelMethod])[] {
  const logarithms = logShares(state, likelihoods, width);
  const shares: FillRow = (data, start, out, outStart) => {
    logarithms(data, start, out, outStart);
    for (let index = outStart; index < outStart + width; index++) out[index] = exp(out[index]!);
  };
  return [
    ["predict_proba", numbersForRow(width, shares)],
    ["predict_log_proba", numbersForRow(width, logarithms)],
  ];
}

/** The logarithm of the sum of a row's likelihoods. */
export function logLikelihood(state: State, { fill, sum }: Likelihoods, width: number): ModelMethod {
  const logSumExp = logSumExpOf(state, sum, width);
  const row = new Float64Array(width);
  return numberForRow((data, start) => {
    fill(data, start, row, 0);
    return logSumExp(row, 0);
  });
}

function logShares(state: State, { fill, sum }: Likelihoods, width: number): FillRow {
  const logSumExp = logSumExpOf(state, sum, width);
  return (data, start, out, outStart) => {
    fill(data, start, out, outStart);
    const total = logSumExp(out, outStart);
    for (let index = outStart; index < outStart + width; index++) out[index] = out[index]! - total;
  };
}

/**
 * scipy.special.logsumexp of `width` values. scipy 1.15 began to take the largest out of the sum; the file does not name scipy's version, and
 * scikit-learn 1.3 is the oldest that is seen with it.
 */
function logSumExpOf(
  state: State,
  order: Likelihoods["sum"],
  width: number,
): (values: Float64Array, start: number) => number {
  const apart = state.since(1, 3);
  const powers = new Float64Array(width);
  const sumOf = order === "pairwise" ? () => pairwiseSum(powers, 0, width) : () => sumInOrder(powers);
  return (values, start) => {
    const largest = values[start + argmax(values, start, width)]!;
    const shift = Number.isFinite(largest) ? largest : 0;
    let count = 0;
    for (let index = 0; index < width; index++) {
      const value = values[start + index]!;
      if (value === largest) count++;
      powers[index] = apart && value === largest ? 0 : exp(value - shift);
    }
    if (!apart) return log(sumOf()) + shift;
    return log1p(sumOf() / count) + log(count) + largest;
  };
}

function sumInOrder(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
