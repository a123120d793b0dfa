// e^x - 1 and tanh, correctly rounded: where e^x is near 1, a subtraction would lose what matters.

import { productError, sumError } from "./double-double.js";
import { exp, expParts } from "./exp.js";
import * as fixed from "./fixed-point.js";

/** Below it, e^x - 1 is computed from its series. */
const seriesMax = 2 ** -4;

/** Below it, e^x - 1 and tanh x round to x. */
const tinyMax = 2 ** -54;

/** Beyond it, 1 is less than a part of 2^-100 of e^x; its bits are lost in the fast path's error. */
const largeMin = 80;

/** Below it, e^x - 1 rounds to -1. */
const smallMax = -38;

/** From here on tanh x rounds to 1. */
const oneMin = 20;

/** A value in two parts, with the bound of their error. */
interface Parts {
  readonly high: number;
  readonly low: number;
  readonly errorMax: number;
}

/** e^x - 1, correctly rounded to nearest. */
export function expm1(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) < tinyMax) return x;
  if (x > largeMin) return exp(x);
  if (x < smallMax) return -1;
  const { high, low, errorMax } = expm1Parts(x);
  if (high + (low - errorMax) === high + (low + errorMax)) return high + low;
  return fixed.toDouble(exactly(x));
}

/** The hyperbolic tangent, correctly rounded to nearest: E / (E + 2) with E = e^2x - 1. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  // tanh x is x - x^3 / 3 + ...: below 2^-28 the second term is beyond the last bit.
  if (Number.isNaN(x) || size < 2 ** -28) return x;
  if (size >= oneMin) return x < 0 ? -1 : 1;
  const { high, low, errorMax } = expm1Parts(2 * size);
  const divisor = high + 2;
  const divisorLow = sumError(high, 2, divisor) + low;
  const quotient = high / divisor;
  const product = quotient * divisor;
  const rest = (high - product - productError(quotient, divisor, product) + low - quotient * divisorLow) / divisor;
  const bound = (errorMax / high + 2 ** -62) * quotient;
  const first = quotient + rest;
  const second = rest - (first - quotient);
  const result =
    first + (second - bound) === first + (second + bound) ? first + second : fixed.toDouble(tanhExactly(size));
  return x < 0 ? -result : result;
}

function expm1Parts(x: number): Parts {
  if (Math.abs(x) < seriesMax) {
    const half = x * 0.5;
    const square = x * half;
    const squareLow = productError(x, half, square);
    const tail =
      x *
      x *
      x *
      (1 / 6 +
        x *
          (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40320 + x * (1 / 362880 + x / 3628800)))))));
    const sum = x + square;
    const rest = sumError(x, square, sum) + (squareLow + tail);
    const first = sum + rest;
    return { high: first, low: rest - (first - sum), errorMax: Math.abs(x) * 2 ** -60 };
  }
  const { high, low, exponent } = expParts(x);
  const weight = 2 ** exponent;
  const difference = high * weight - 1;
  const rest = sumError(high * weight, -1, difference) + low * weight;
  const first = difference + rest;
  return { high: first, low: rest - (first - difference), errorMax: weight * 2 ** -62 };
}

function exactly(x: number): bigint {
  const { value, exponent } = fixed.exp(fixed.fromDouble(x));
  return fixed.shift(value, BigInt(exponent)) - fixed.one;
}

function tanhExactly(x: number): bigint {
  const e = exactly(2 * x);
  return (e << fixed.places) / (e + 2n * fixed.one);
}
