// e^x, correctly rounded. V8's own differs from it in a tenth of all values, and differs between engines.

import * as fixed from "./fixed-point.js";

/**
 * The interval of length ln2 is cut in 4,096 steps, by two tables of 64: e^x = 2^k * 2^(i/64) * 2^(j/4096) * e^r with |r| < 2^-13.
 * The high half of an entry has 26 bits, so that the product of two high halves is exact.
 */
interface Table {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

const steps = 4096;
const tableSize = 64;

const coarse = powers(64);
const fine = powers(steps);

/** ln2 / 4096 in a part of 30 bits, whose product with the step's number is exact, and the rest. */
const stepLength = fixed.ln2 / BigInt(steps);
const stepHigh = Number(stepLength >> (fixed.places - 42n)) * 2 ** -42;
const stepLow = fixed.toDouble(stepLength - fixed.fromDouble(stepHigh));
const stepsPerUnit = steps / Math.LN2;

/** 2^k for every k that a normal double has. */
const exponentMin = -1022;
const exponentMax = 1023;
const powersOf2 = Float64Array.from(
  { length: exponentMax - exponentMin + 1 },
  (_, index) => 2 ** (index + exponentMin),
);

/** Bound of the fast path's error, for a result between 1 and 2: four roundings of 2^-66 at most, and room. */
const errorMax = 2 ** -63;

/** Half an ulp of 1, and less: e^x rounds to 1. */
const tiny = 2 ** -54;

/** e^x as (high + low) * 2^exponent, high between 1 and 2.1, in error by less than 2^-63. Valid for |x| < 745. */
export const parts = { high: 0, low: 0, exponent: 0 };

export function expParts(x: number): void {
  const step = Math.floor(x * stepsPerUnit + 0.5);
  const r = x - step * stepHigh - step * stepLow;
  const i = (step >> 6) & 63;
  const j = step & 63;
  const h1 = coarse.high[i]!;
  const l1 = coarse.low[i]!;
  const h2 = fine.high[j]!;
  const l2 = fine.low[j]!;
  const high = h1 * h2;
  const low = h1 * l2 + (l1 * h2 + l1 * l2);
  const series = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24)));
  const rest = high * series + (low + low * series);
  parts.high = high + rest;
  parts.low = rest - (parts.high - high);
  parts.exponent = step >> 12;
}

/** e^x, correctly rounded to nearest. */
export function exp(x: number): number {
  if (!(x > -745.2 && x < 709.79)) return outside(x);
  if (x < tiny && x > -tiny) return 1;
  expParts(x);
  const { high, low, exponent } = parts;
  if (high + (low - errorMax) !== high + (low + errorMax) || exponent <= exponentMin || exponent >= exponentMax)
    return exactly(x);
  return (high + low) * powersOf2[exponent - exponentMin]!;
}

function exactly(x: number): number {
  const { value, exponent } = fixed.exp(fixed.fromDouble(x));
  return fixed.toDouble(value, exponent);
}

function outside(x: number): number {
  if (Number.isNaN(x)) return x;
  return x > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** 2^(i / denominator) for i from 0 to 63. */
function powers(denominator: number): Table {
  const high = new Float64Array(tableSize);
  const low = new Float64Array(tableSize);
  const root = fixed.exp(fixed.ln2 / BigInt(denominator)).value;
  let power = fixed.one;
  for (let index = 0; index < tableSize; index++) {
    high[index] = Number(power >> (fixed.places - 25n)) * 2 ** -25;
    low[index] = fixed.toDouble(power - fixed.fromDouble(high[index]!));
    power = (power * root) >> fixed.places;
  }
  return { high, low };
}
