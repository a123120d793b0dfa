// The natural logarithm, correctly rounded.

import { expParts } from "./exp.js";
import * as fixed from "./fixed-point.js";

/** Bound of the fast path's error: that of e^-y, and three roundings of 2^-65. */
const errorMax = 2 ** -62;

/** Splits a double in two halves of 26 bits: Dekker's product is exact with them. */
const splitter = 2 ** 27 + 1;

/** log x, correctly rounded to nearest; -Infinity for 0, NaN below. */
export function log(x: number): number {
  const guess = Math.log(x);
  // Zero, infinite, negative, NaN and 1 are answered by the engine; the edges of the range would overflow below.
  if (!Number.isFinite(guess) || guess === 0) return guess;
  if (x < 1e-290 || x > 1e290) return exactly(x, guess);

  // One step of Newton's method: x * e^-guess is 1 + t, and log x is guess + t but for t squared, which is below 2^-96.
  const power = expParts(-guess);
  const scaled = x * 2 ** power.exponent;
  const product = scaled * power.high;
  const t = product - 1 + (productError(scaled, power.high, product) + scaled * power.low);
  if (Math.abs(t) > 2 ** -48 * Math.max(1, Math.abs(guess))) return exactly(x, guess);
  const high = guess + t;
  const low = t - (high - guess);
  return high + (low - errorMax) === high + (low + errorMax) ? high + low : exactly(x, guess);
}

/** a * b - product, exactly. */
function productError(a: number, b: number, product: number): number {
  const aHigh = splitter * a - (splitter * a - a);
  const bHigh = splitter * b - (splitter * b - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function exactly(x: number, guess: number): number {
  return fixed.toDouble(fixed.log(x, guess));
}
