// Elementary functions in fixed point with 224 binary places, with bigints: slow and exact. The fast paths use it for
// their tables, and for the few arguments whose result is too close to the middle between two doubles.

/**
 * Binary places. The hardest doubles of exp and log need about 118 beyond the point; the rest is room for rounding
 * errors.
 */
export const places = 224n;
export const one = 1n << places;

const bits = new DataView(new ArrayBuffer(8));

/** A finite double, exactly; bits below 2^-224 are cut off. */
export function fromDouble(x: number): bigint {
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const magnitude = shift(mantissa, BigInt(Math.max(exponent, 1) - 1075) + places);
  return x < 0 ? -magnitude : magnitude;
}

/** The double nearest to value * 2^exponent, ties to even. */
export function toDouble(value: bigint, exponent = 0): number {
  if (value === 0n) return 0;
  const magnitude = value < 0n ? -value : value;
  const length = magnitude.toString(16).length * 4;
  // The weight of the last bit that a double of this size has; no less than that of the smallest double.
  let last = Math.max(length - 53, -1074 - exponent + Number(places));
  while (magnitude >> BigInt(last + 52) === 0n && last > -1074 - exponent + Number(places)) last--;
  const kept = shift(magnitude, BigInt(-last));
  const rest = magnitude - shift(kept, BigInt(last));
  const half = last > 0 ? 1n << BigInt(last - 1) : 0n;
  const up = last > 0 && (rest > half || (rest === half && (kept & 1n) === 1n));
  // In two steps: the power alone may be outside a double's range.
  const weight = last + exponent - Number(places);
  const step = Math.max(-1000, Math.min(900, weight));
  const rounded = Number(up ? kept + 1n : kept) * 2 ** step * 2 ** (weight - step);
  return value < 0n ? -rounded : rounded;
}

/** The natural logarithm of 2: twice the inverse hyperbolic tangent of a third. */
export const ln2: bigint = (() => {
  let sum = 0n;
  let power = one / 3n;
  for (let n = 1n; power > 0n; n += 2n) {
    sum += power / n;
    power /= 9n;
  }
  return 2n * sum;
})();

/** e^x as value * 2^exponent, with value between 0.7 and 1.5. */
export function exp(x: bigint): { readonly value: bigint; readonly exponent: number } {
  const exponent = (2n * x + ln2) / (2n * ln2) - (2n * x + ln2 < 0n ? 1n : 0n);
  // Taylor's series for a 256th, then eight squarings.
  const small = (x - exponent * ln2) >> 8n;
  let value = one;
  let term = one;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * small) >> places) / n;
    value += term;
  }
  for (let count = 0; count < 8; count++) value = (value * value) >> places;
  return { value, exponent: Number(exponent) };
}

/** log(x) for x > 0, from a first guess that is right to 40 bits or more. */
export function log(x: number, guess: number): bigint {
  const scale = Math.floor(Math.log2(x));
  const mantissa = fromDouble(scale < -900 ? x * 2 ** 900 * 2 ** (-900 - scale) : x * 2 ** -scale);
  return logOf(mantissa, guess, scale);
}

/** log(value * 2^exponent) for a value > 0, from a first guess that is right to 40 bits or more. */
export function logOf(value: bigint, guess: number, exponent = 0): bigint {
  const start = fromDouble(guess);
  const power = exp(-start);
  // value * e^-guess is 1 + t with a tiny t: log(1 + t) ends after a few terms. The exponents of value and of the power
  // cancel.
  const t = shift((value * power.value) >> places, BigInt(power.exponent + exponent)) - one;
  let sum = start;
  let term = t;
  for (let n = 1n; n <= 6n; n++) {
    sum += n % 2n === 1n ? term / n : -term / n;
    term = (term * t) >> places;
  }
  return sum;
}

/** value * 2^by, rounded down. */
export function shift(value: bigint, by: bigint): bigint {
  return by >= 0n ? value << by : value >> -by;
}
