// The links of links.ts in 32-bit floats: what models compute that were fitted on them.

import { argmax } from "../core/methods.js";
import { exp32 } from "../math/float32.js";
import { numpyExp32 } from "../numpy/ufuncs32.js";
import type { Links } from "./links.js";

const { fround } = Math;

/** scipy.special.expit of a 32-bit float. */
function expit32(x: number): number {
  return fround(1 / fround(1 + exp32(-x)));
}

/** sklearn.utils.extmath.softmax of `width` 32-bit floats from `start` on, in place. */
function softmax32InPlace(values: Float64Array, start: number, width: number): void {
  const largest = values[start + argmax(values, start, width)]!;
  for (let index = start; index < start + width; index++) values[index] = numpyExp32(fround(values[index]! - largest));
  divideBySum32(values, start, width);
}

/** `width` 32-bit floats from `start` on, each divided by their sum. */
function divideBySum32(values: Float64Array, start: number, width: number): void {
  let sum = 0;
  for (let index = start; index < start + width; index++) sum = fround(sum + values[index]!);
  for (let index = start; index < start + width; index++) values[index] = fround(values[index]! / sum);
}

export const singleLinks: Links = {
  expit: expit32,
  softmaxInPlace: softmax32InPlace,
  divideBySum: divideBySum32,
  round: fround,
};
