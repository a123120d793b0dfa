// From raw scores to probabilities, with scipy's and scikit-learn's order of operations.

import { argmax } from "../core/methods.js";
import { exp } from "../math/exp.js";
import { log, log1p } from "../math/log.js";
import { pairwiseSum } from "../numpy/pairwise-sum.js";

/** scipy.special.expit */
export function expit(x: number): number {
  return 1 / (1 + exp(-x));
}

/** sklearn.utils.extmath.softmax of `width` values from `start` on, in place. */
export function softmaxInPlace(values: Float64Array, start: number, width: number): void {
  const largest = values[start + argmax(values, start, width)]!;
  for (let index = start; index < start + width; index++) values[index] = exp(values[index]! - largest);
  divideBySum(values, start, width);
}

/** `width` values from `start` on, each divided by their sum. */
export function divideBySum(values: Float64Array, start: number, width: number): void {
  const sum = pairwiseSum(values, start, width);
  for (let index = start; index < start + width; index++) values[index] = values[index]! / sum;
}

/**
 * exp(x - scipy.special.logsumexp(x)) of `width` values from `start` on, in place: what scikit-learn's boosting had
 * before softmax.
 */
export function softmaxByLogSumExpInPlace(values: Float64Array, start: number, width: number): void {
  const largest = values[start + argmax(values, start, width)]!;
  const powers = new Float64Array(width);
  for (let index = 0; index < width; index++) powers[index] = exp(values[start + index]! - largest);
  const logOfSum = log(pairwiseSum(powers, 0, width)) + largest;
  for (let index = start; index < start + width; index++) values[index] = exp(values[index]! - logOfSum);
}

/** scipy.special.logit */
export function logit(x: number): number {
  if (x < 0.3 || x > 0.65) return log(x / (1 - x));
  const s = 2 * (x - 0.5);
  return log1p(s) - log1p(-s);
}

/** The links of linear models, for 64-bit and for 32-bit floats. */
export interface Links {
  readonly expit: (x: number) => number;
  readonly softmaxInPlace: (values: Float64Array, start: number, width: number) => void;
  readonly divideBySum: (values: Float64Array, start: number, width: number) => void;
  readonly round: (x: number) => number;
}

export const doubleLinks: Links = { expit, softmaxInPlace, divideBySum, round: (x) => x };
