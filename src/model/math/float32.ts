// e^x and ln x of C's float: glibc's own expf and logf (sysdeps/ieee754/flt-32, from ARM's optimized-routines), which
// reckon in double and round once. Neither is correctly rounded everywhere, so XGBoost's numbers come out to the last
// bit only by the same steps.

import { exp } from "./exp.js";

const expSteps = 32;
/** 2^(i/32). */
const expPowers = Float64Array.from({ length: expSteps }, (_, index) => exp((index * Math.LN2) / expSteps));
const exp3 = fromHex("1.c6af84b912394p-5") / expSteps ** 3;
const exp2 = fromHex("1.ebfce50fac4f3p-3") / expSteps ** 2;
const exp1 = fromHex("1.62e42ff0c52d6p-1") / expSteps;
const stepsPerUnit = fromHex("1.71547652b82fep+0") * expSteps;
const rounder = 1.5 * 2 ** 52;

/** expf. @param x a float */
export function exp32(x: number): number {
  if (!(x > -104 && x < 88.8)) return Number.isNaN(x) ? x : x > 0 ? Number.POSITIVE_INFINITY : 0;
  const z = stepsPerUnit * x;
  const step = z + rounder - rounder;
  const r = z - step;
  const scale = expPowers[step & (expSteps - 1)]! * 2 ** (step >> 5);
  const y = (exp3 * r + exp2) * (r * r) + (exp1 * r + 1);
  return Math.fround(y * scale);
}

/** 1/c and ln c for 16 values c from 0.7 to 1.4. */
const logTable: readonly (readonly [number, number])[] = [
  ["1.661ec79f8f3bep+0", "-1.57bf7808caadep-2"],
  ["1.571ed4aaf883dp+0", "-1.2bef0a7c06ddbp-2"],
  ["1.49539f0f010bp+0", "-1.01eae7f513a67p-2"],
  ["1.3c995b0b80385p+0", "-1.b31d8a68224e9p-3"],
  ["1.30d190c8864a5p+0", "-1.6574f0ac07758p-3"],
  ["1.25e227b0b8eap+0", "-1.1aa2bc79c81p-3"],
  ["1.1bb4a4a1a343fp+0", "-1.a4e76ce8c0e5ep-4"],
  ["1.12358f08ae5bap+0", "-1.1973c5a611cccp-4"],
  ["1.0953f419900a7p+0", "-1.252f438e10c1ep-5"],
  ["1p+0", "0p+0"],
  ["1.e608cfd9a47acp-1", "1.aa5aa5df25984p-5"],
  ["1.ca4b31f026aap-1", "1.c5e53aa362eb4p-4"],
  ["1.b2036576afce6p-1", "1.526e57720db08p-3"],
  ["1.9c2d163a1aa2dp-1", "1.bc2860d22477p-3"],
  ["1.886e6037841edp-1", "1.1058bc8a07ee1p-2"],
  ["1.767dcf5534862p-1", "1.4043057b6ee09p-2"],
].map(([inverse, logarithm]) => [fromHex(inverse!), fromHex(logarithm!)] as const);
const log4 = fromHex("-1.00ea348b88334p-2");
const log3 = fromHex("1.5575b0be00b6ap-2");
const log2 = fromHex("-1.ffffef20a4123p-2");
/** The bits of 0.7 as a float: the table's first value. */
const logStart = 0x3f330000;

const word = new DataView(new ArrayBuffer(4));

/** logf. @param x a float */
export function log32(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x === 0 ? Number.NEGATIVE_INFINITY : x < 0 ? Number.NaN : x;
  const isTiny = x < 2 ** -126;
  word.setFloat32(0, isTiny ? x * 2 ** 23 : x);
  const bits = word.getInt32(0);
  const above = bits - logStart;
  const [inverse, logarithm] = logTable[(above >> 19) & 15]!;
  word.setInt32(0, bits - (above & 0xff800000));
  const r = word.getFloat32(0) * inverse - 1;
  const whole = logarithm + ((above >> 23) - (isTiny ? 23 : 0)) * Math.LN2;
  return Math.fround((log4 * (r * r) + (log3 * r + log2)) * (r * r) + (whole + r));
}

/** A double as C writes it: "1.8p-3" is 1.5 / 8. */
function fromHex(text: string): number {
  const [, sign, whole, fraction = "", exponent] = /^(-?)(\d)(?:\.([0-9a-f]+))?p([+-]\d+)$/.exec(text)!;
  const mantissa = Number.parseInt(`${whole}${fraction}`, 16) * 2 ** (-4 * fraction.length);
  return (sign === "-" ? -1 : 1) * mantissa * 2 ** Number(exponent);
}
