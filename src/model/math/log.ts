// The natural logarithm, and that of 1 + x, correctly rounded.

import { productError, sumError } from "./double-double.js";
import { expParts } from "./exp.js";
import * as fixed from "./fixed-point.js";

/** Bound of the fast path's error: that of e^-y, and three roundings of 2^-65. */
export const logErrorMax = 2 ** -62;

/** Between these the fast path neither overflows nor loses bits. */
const fastMin = 1e-290;
const fastMax = 1e290;

/** A logarithm as a first part and the rest, which together are off by less than 2^-62. */
interface LogParts {
  readonly high: number;
  readonly low: number;
}

/** log x, correctly rounded to nearest; -Infinity for 0, NaN below. */
export function log(x: number): number {
  const guess = Math.log(x);
  // Zero, infinite, negative, NaN and 1 are left to the JavaScript engine.
  if (!Number.isFinite(guess) || guess === 0) return guess;
  const parts = logParts(x, 0, guess);
  return (parts && rounded(parts)) ?? fixed.toDouble(fixed.log(x, guess));
}

/** log x in two parts, for a finite x > 0. Undefined where the fast path cannot decide: use fixed.log. */
export function logPartsOf(x: number): LogParts | undefined {
  return logParts(x, 0, Math.log(x));
}

/** Below it, log(1 + x) is computed from a series: a sum with 1 would lose too many bits of the result. */
const seriesMax = 2 ** -5;

/** Below it, the square of x is beyond the last bit: log(1 + x) rounds to x. */
const tinyMax = 2 ** -54;

/** Bound of the series' error, relative to the result. */
const seriesErrorMax = 2 ** -61;

/** log(1 + x), correctly rounded to nearest; -Infinity for -1, NaN below. */
export function log1p(x: number): number {
  const guess = Math.log1p(x);
  if (!Number.isFinite(guess) || Math.abs(x) < tinyMax) return guess;
  if (x > fastMax) return log(x);
  if (Math.abs(x) < seriesMax) {
    const { high, low } = log1pSeries(x);
    const errorMax = Math.abs(high) * seriesErrorMax;
    if (high + (low - errorMax) === high + (low + errorMax)) return high + low;
  } else {
    const sum = 1 + x;
    const parts = logParts(sum, sumError(1, x, sum), guess);
    const result = parts && rounded(parts);
    if (result !== undefined) return result;
  }
  return fixed.toDouble(fixed.logOf(fixed.one + fixed.fromDouble(x), guess));
}

/** log(1 + x) = 2 atanh(s) with s = x / (2 + x): s in two parts, the terms after it in one. */
function log1pSeries(x: number): LogParts {
  const divisor = 2 + x;
  const divisorLow = sumError(2, x, divisor);
  const s = x / divisor;
  const product = s * divisor;
  const sLow = (x - product - productError(s, divisor, product) - s * divisorLow) / divisor;
  const square = s * s;
  const tail =
    s * square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 + square * (1 / 11 + square / 13)))));
  return { high: 2 * s, low: 2 * (sLow + tail) };
}

/**
 * One step of Newton's method: x * e^-guess is 1 + t, and log x is guess + t but for t squared, which is below 2^-96.
 */
function logParts(x: number, xLow: number, guess: number): LogParts | undefined {
  if (x < fastMin || x > fastMax) return undefined;
  const power = expParts(-guess);
  const weight = 2 ** power.exponent;
  const scaled = x * weight;
  const product = scaled * power.high;
  const t =
    product -
    1 +
    (productError(scaled, power.high, product) + (scaled * power.low + xLow * weight * (power.high + power.low)));
  if (Math.abs(t) > 2 ** -48 * Math.max(1, Math.abs(guess))) return undefined;
  const high = guess + t;
  return { high, low: t - (high - guess) };
}

function rounded({ high, low }: LogParts): number | undefined {
  return high + (low - logErrorMax) === high + (low + logErrorMax) ? high + low : undefined;
}
