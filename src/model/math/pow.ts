// x^y, correctly rounded.

import { productError } from "./double-double.js";
import { expParts } from "./exp.js";
import * as fixed from "./fixed-point.js";
import { logErrorMax, logPartsOf } from "./log.js";

/** Powers of e for which the fast path's result is a normal double. */
const exponentMin = -708;
const exponentMax = 709;

/**
 * Binary places of an exact result before it is rounded: a value exactly between two doubles must not be moved by
 * errors of 2^-200.
 */
const trusted = 48n;

/** x^y as C's pow and numpy's power return it, correctly rounded to nearest. */
export function pow(x: number, y: number): number {
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  // C: 1 to any power is 1, where JavaScript says NaN.
  if (x === 1) return 1;
  const rough = x ** y;
  // Zeros, infinities, NaN: no rounding in them, as long as the arguments say so themselves.
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y) || y === 0 || Number.isNaN(rough)) {
    return x === -1 && !Number.isFinite(y) && !Number.isNaN(y) ? 1 : rough;
  }
  const size = positivePow(Math.abs(x), y);
  return x < 0 && Math.abs(y % 2) === 1 ? -size : size;
}

function positivePow(x: number, y: number): number {
  const guess = Math.log(x) * y;
  if (!(guess > exponentMin && guess < exponentMax)) return edge(x, y, guess);
  const logarithm = logPartsOf(x);
  if (!logarithm) return exactly(x, y);
  const product = logarithm.high * y;
  const rest = productError(logarithm.high, y, product) + logarithm.low * y;
  const power = expParts(product);
  // e^(product + rest) is e^product * (1 + rest): the square of rest is below 2^-80.
  const more = power.low + (power.high * rest + power.high * rest * rest * 0.5);
  const high = power.high + more;
  const low = more - (high - power.high);
  const errorMax = Math.abs(y) * 2 * logErrorMax + 2 ** -62;
  if (high + (low - errorMax) !== high + (low + errorMax)) return exactly(x, y);
  return (high + low) * 2 ** power.exponent;
}

/** Results beyond the range of doubles, or near its ends. */
function edge(x: number, y: number, product: number): number {
  if (product > 710) return Number.POSITIVE_INFINITY;
  return product < -746 ? 0 : exactly(x, y);
}

function exactly(x: number, y: number): number {
  const logarithm = fixed.log(x, Math.log(x));
  const { value, exponent } = fixed.exp(timesDouble(logarithm, y));
  return fixed.toDouble(((value + (1n << (trusted - 1n))) >> trusted) << trusted, exponent);
}

/** A fixed-point number times a double that may be too small to be one itself. */
function timesDouble(value: bigint, y: number): bigint {
  const scale = Math.max(-1000, Math.min(1000, Math.floor(Math.log2(Math.abs(y)))));
  return fixed.shift((value * fixed.fromDouble(y * 2 ** -scale)) >> fixed.places, BigInt(scale));
}
