// numpy's functions of a 32-bit float. Most are those of C's float, which round the result of a double. exp and log are
// numpy's own where a processor has AVX2 or AVX-512 (loops_exponent_log.dispatch.c.src); other processors use C's expf
// and logf, with other last bits.

import type { Value } from "../pickle/values.js";
import { ufuncNameOf, ufuncOf } from "./ufuncs.js";

const { fround } = Math;

/** Coefficients of the rational function that is e^x near 0. */
const expNumerator = [
  0.0005082762527590694, 0.006757896990527505, 0.051145120816372985, 0.24736154348955208, 0.7257664613233125,
  0.9999999999980871,
].map(fround);
const expDenominator = [0.021595093756858297, -0.27423353904116676, 1].map(fround);
const log2Of = fround(Math.LOG2E);
/** ln 2 in two parts. */
const [ln2High, ln2Low] = [fround(-6.93145752e-1), fround(-1.42860677e-6)];
/** Adding and subtracting it rounds a 32-bit float to an integer. */
const rounder = 1.5 * 2 ** 23;
/** Below the first numpy returns 0, above the second infinity. */
const [smallest, largest] = [-103.97208, fround(88.72283935546875)];

/** numpy.exp */
export function numpyExp32(x: number): number {
  if (!(x > smallest)) return Number.isNaN(x) ? x : 0;
  if (x > largest) return Number.POSITIVE_INFINITY;
  const power = fround(fround(fround(x * log2Of) + rounder) - rounder);
  const rest = fround(fround(x + power * ln2High) + power * ln2Low);
  const value = fround(polynomial(expNumerator, rest) / polynomial(expDenominator, rest));
  return fround(value * 2 ** power);
}

/** Coefficients of the rational function that is ln (1 + x) near 0. */
const logNumerator = [
  0.025899791179079226, 0.3808837741388408, 1.4800006335765066, 2.112677543073053, 0.9999999999999999, 0,
].map(fround);
const logDenominator = [
  0.005875095403124574, 0.15464763749839067, 0.9864942958519419, 2.453006071784736, 2.6126775430731093, 1,
].map(fround);
const ln2 = fround(Math.LN2);

/** numpy.log */
function numpyLog32(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return Math.log(x);
  let exponent = Math.floor(Math.log2(x));
  // Math.log2 may round up to an integer.
  if (x < 2 ** exponent) exponent--;
  let mantissa = x / 2 ** exponent;
  if (mantissa > fround(Math.SQRT2)) {
    exponent++;
    mantissa /= 2;
  }
  const rest = fround(mantissa - 1);
  const value = fround(polynomial(logNumerator, rest) / polynomial(logDenominator, rest));
  return fround(exponent * ln2 + value);
}

/** ln 2 in two parts, 1 / ln 2, and the coefficients of a rational function near 0, for expm1. */
const [expm1High, expm1Low, expm1PerUnit] = [fround(6.9313812256e-1), fround(9.0580006145e-6), fround(1.4426950216)];
const expm1Coefficients = [
  -2.0109921195e-7, 4.0082177293e-6, -7.936507609e-5, 1.5873016091e-3, -3.3333335072e-2, 1,
].map(fround);
const halfLn2 = fround(0.34657359);

/** C's expm1f, of fdlibm: x = k ln 2 + r, and e^r - 1 by a rational function. numpy calls it. */
function expm1f(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) < 2 ** -25) return x;
  if (x > largest) return Number.POSITIVE_INFINITY;
  if (x < -27 * Math.LN2) return -1;
  const isNear = Math.abs(x) <= halfLn2;
  const k = isNear ? 0 : expm1Power(x);
  const high = isNear ? x : fround(x - fround(k * expm1High));
  const low = isNear ? 0 : fround(k * expm1Low);
  const r = fround(high - low);
  const lost = fround(fround(high - r) - low);
  const half = fround(r / 2);
  const square = fround(r * half);
  const value = expm1Coefficients.reduce((sum, coefficient) => fround(fround(sum * square) + coefficient));
  const t = fround(3 - fround(value * half));
  const e = fround(square * fround(fround(value - t) / fround(6 - fround(r * t))));
  if (k === 0) return fround(r - fround(fround(r * e) - square));
  const rest = fround(fround(fround(r * fround(e - lost)) - lost) - square);
  if (k === -1) return fround(fround(fround(r - rest) / 2) - 0.5);
  if (k === 1 && r < -0.25) return fround(-2 * fround(rest - fround(r + 0.5)));
  if (k === 1) return fround(1 + fround(2 * fround(r - rest)));
  if (k <= -2 || k > 56) return fround(fround(fround(1 - fround(rest - r)) * 2 ** k) - 1);
  if (k < 23) return fround(fround(fround(1 - 2 ** -k) - fround(rest - r)) * 2 ** k);
  return fround(fround(fround(r - fround(rest + 2 ** -k)) + 1) * 2 ** k);
}

/** The multiple of ln 2 that is near x. */
function expm1Power(x: number): number {
  const sign = Math.sign(x);
  if (Math.abs(x) < 1.5 * Math.LN2) return sign;
  return Math.trunc(fround(fround(expm1PerUnit * x) + sign / 2));
}

/** Horner's rule with fused multiplications. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((value, coefficient) => fround(value * x + coefficient));
}

const own: ReadonlyMap<string, (x: number) => number> = new Map([
  ["exp", numpyExp32],
  ["expm1", expm1f],
  ["log", numpyLog32],
]);

/** The function of ufuncOf, for 32-bit floats. */
export function ufunc32Of(value: Value | undefined): ((x: number) => number) | undefined {
  const double = ufuncOf(value);
  return double && (own.get(ufuncNameOf(value) ?? "") ?? ((x) => fround(double(x))));
}
