// The links of links.ts in 32-bit floats: what models compute that were fitted on them.

import { argmax } from "../core/methods.js";
import { exp32 } from "../math/float32.js";
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

/** Coefficients of the rational function that numpy takes for e^x where a processor has AVX2 or AVX-512. */
const numerator = [
  0.0005082762527590694, 0.006757896990527505, 0.051145120816372985, 0.24736154348955208, 0.7257664613233125,
  0.9999999999980871,
].map(fround);
const denominator = [0.021595093756858297, -0.27423353904116676, 1].map(fround);
const log2Of = fround(Math.LOG2E);
/** ln 2 in two parts. */
const [ln2High, ln2Low] = [fround(-6.93145752e-1), fround(-1.42860677e-6)];
/** Adding and subtracting it rounds a 32-bit float to an integer. */
const rounder = 1.5 * 2 ** 23;
/** Below it numpy returns 0. */
const smallest = -103.97208;

/** numpy.exp of a 32-bit float that is not above 0. Other processors use C's expf, with other last bits. */
function numpyExp32(x: number): number {
  if (!(x > smallest)) return Number.isNaN(x) ? x : 0;
  const power = fround(fround(fround(x * log2Of) + rounder) - rounder);
  const rest = fround(fround(x + power * ln2High) + power * ln2Low);
  const value = fround(polynomial(numerator, rest) / polynomial(denominator, rest));
  return fround(value * 2 ** power);
}

/** Horner's rule with fused multiplications. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((value, coefficient) => fround(value * x + coefficient));
}

export const singleLinks: Links = {
  expit: expit32,
  softmaxInPlace: softmax32InPlace,
  divideBySum: divideBySum32,
  round: fround,
};
