import { space, tab } from "./bytes.js";

const zero = 0x30;
const point = 0x2e;
const plus = 0x2b;
const minus = 0x2d;
const lowerE = 0x65;
const upperE = 0x45;

/** Powers of ten that a double represents exactly. */
const exactPowers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
/** Integers below this are exact, and so is their product or quotient with an exact power, rounded once. */
const exactIntegers = 2 ** 53;

/**
 * The decimal number in `bytes`, correctly rounded as Python's float() does, with blanks around it; NaN if the bytes
 * are anything else. pandas' default is its own conversion, which can differ from this in the last bit.
 */
export function parseNumber(bytes: Buffer, start: number, end: number): number {
  let at = start;
  let last = end;
  while (at < last && isBlank(bytes[at]!)) at++;
  while (last > at && isBlank(bytes[last - 1]!)) last--;
  const first = at;
  let byte = bytes[at]!;
  const negative = byte === minus;
  if (negative || byte === plus) at++;
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  for (; at < last; at++, digits++) {
    byte = bytes[at]! - zero;
    if (byte < 0 || byte > 9) break;
    mantissa = mantissa * 10 + byte;
  }
  if (at < last && bytes[at] === point) {
    const integers = digits;
    for (at++; at < last; at++, digits++) {
      byte = bytes[at]! - zero;
      if (byte < 0 || byte > 9) break;
      mantissa = mantissa * 10 + byte;
    }
    exponent = integers - digits;
  }
  if (digits === 0) return Number.NaN;
  if (at < last) {
    byte = bytes[at]!;
    if (byte !== lowerE && byte !== upperE) return Number.NaN;
    const scale = parseExponent(bytes, at + 1, last);
    if (Number.isNaN(scale)) return Number.NaN;
    exponent += scale;
  }
  if (mantissa < exactIntegers && exponent >= -22 && exponent <= 22) {
    const value = exponent < 0 ? mantissa / exactPowers[-exponent]! : mantissa * exactPowers[exponent]!;
    return negative ? -value : value;
  }
  return Number(bytes.toString("latin1", first, last));
}

function parseExponent(bytes: Buffer, start: number, end: number): number {
  const sign = bytes[start];
  let at = sign === minus || sign === plus ? start + 1 : start;
  if (at === end) return Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = Math.min(value * 10 + digit, 100_000);
  }
  return sign === minus ? -value : value;
}

function isBlank(byte: number): boolean {
  return byte === space || byte === tab;
}
