// e^x, correctly rounded. V8's own differs from it in a tenth of all values, and differs between engines.

import * as fixed from "./fixed-point.js";

// A length of ln2 is cut in 4,096 steps, by two tables of 64: e^x = 2^k * 2^(i/64) * 2^(j/4096) * e^r with |r| < 2^-13.
const steps = 4096;
const tableSize = 64;
const coarse = powers(64);
const fine = powers(steps);

/** ln2 / 4096 in a part of 30 bits, whose product with the step's number is exact, and the rest. */
const stepLength = fixed.ln2 / BigInt(steps);
const stepHigh = Number(stepLength >> (fixed.places - 42n)) * 2 ** -42;
const stepLow = fixed.toDouble(stepLength - fixed.fromDouble(stepHigh));
const stepsPerUnit = steps / Math.LN2;

/** Adding and subtracting it rounds to an integer: above 2^52 a double has no fraction bits. */
const rounder = 1.5 * 2 ** 52;

/** 2^k for every k that a normal double has. */
const exponentMin = -1022;
const powersOf2 = Float64Array.from({ length: 1024 - exponentMin }, (_, index) => 2 ** (index + exponentMin));

/** Where every result is a normal double, with its power of 2 in the table. */
const normalMin = -708;
const normalMax = 709;

/** Bound of the fast path's error, for a result between 1 and 2: four roundings of 2^-66 at most, and room. */
const errorMax = 2 ** -63;

/** Constants of the fast path: wasm/vector-kernels.ts takes the same steps, two numbers at once. */
export const expTables = { coarse, fine, stepsPerUnit, rounder, stepHigh, stepLow, errorMax, normalMin, normalMax };

/** e^x, correctly rounded to nearest. */
export function exp(x: number): number {
  if (!(x > normalMin && x < normalMax)) return edge(x);
  const { high, low, exponent } = expParts(x);
  if (high + (low - errorMax) !== high + (low + errorMax)) return exactly(x);
  return high * powersOf2[exponent - exponentMin]!;
}

/**
 * e^x as (high + low) * 2^exponent: `high` between 1 and 2 is the sum rounded, the sum is off by less than 2^-63. For
 * |x| < 708.
 */
export function expParts(x: number): { readonly high: number; readonly low: number; readonly exponent: number } {
  const step = x * stepsPerUnit + rounder - rounder;
  const r = x - step * stepHigh - step * stepLow;
  const whole = step | 0;
  const i = (whole >> 5) & 126;
  const j = (whole << 1) & 126;
  const product = coarse[i]! * fine[j]!;
  const productLow = coarse[i]! * fine[j + 1]! + (coarse[i + 1]! * fine[j]! + coarse[i + 1]! * fine[j + 1]!);
  const series = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24)));
  const rest = product * series + (productLow + productLow * series);
  const high = product + rest;
  return { high, low: rest - (high - product), exponent: whole >> 12 };
}

function exactly(x: number): number {
  const { value, exponent } = fixed.exp(fixed.fromDouble(x));
  return fixed.toDouble(value, exponent);
}

/** Results near the ends of the range or beyond them, and NaN. */
function edge(x: number): number {
  if (x > -745.2 && x < 709.79) return exactly(x);
  if (Number.isNaN(x)) return x;
  return x > 0 ? Number.POSITIVE_INFINITY : 0;
}

/**
 * 2^(i / denominator) for i from 0 to 63, each as a high part and the rest. The high part has 26 bits, so that the
 * product of two is exact.
 */
function powers(denominator: number): Float64Array {
  const table = new Float64Array(2 * tableSize);
  const root = fixed.exp(fixed.ln2 / BigInt(denominator)).value;
  let power = fixed.one;
  for (let index = 0; index < tableSize; index++) {
    const high = Number(power >> (fixed.places - 25n)) * 2 ** -25;
    table[2 * index] = high;
    table[2 * index + 1] = fixed.toDouble(power - fixed.fromDouble(high));
    power = (power * root) >> fixed.places;
  }
  return table;
}
