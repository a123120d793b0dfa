// The error function as scipy computes it: rational approximations of the Cephes library.

import { exp } from "./exp.js";

/** erf(x) / x for |x| <= 1, in powers of x^2, the highest first. */
const innerNumerator = [9.604973739870516, 90.02601972038427, 2232.005345946843, 7003.325141128051, 55592.30130103949];
const innerDenominator = [
  1, 33.56171416475031, 521.3579497801527, 4594.323829709801, 22629.000061389095, 49267.39426086359,
];
/** erfc(x) * e^(x^2) for 1 <= x < 8. */
const middleNumerator = [
  2.461969814735305e-10, 0.5641895648310689, 7.463210564422699, 48.63719709856814, 196.5208329560771, 526.4451949954773,
  934.5285271719576, 1027.5518868951572, 557.5353353693994,
];
const middleDenominator = [
  1, 13.228195115474499, 86.70721408859897, 354.9377788878199, 975.7085017432055, 1823.9091668790973,
  2246.3376081871097, 1656.6630919416134, 557.5353408177277,
];

/** Beyond it erf is 1 to the last bit. */
const oneMin = 6;

export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 1) {
    const result =
      size >= oneMin ? 1 : 1 - (exp(-x * x) * polynomial(middleNumerator, size)) / polynomial(middleDenominator, size);
    return x < 0 ? -result : result;
  }
  const square = x * x;
  return (x * polynomial(innerNumerator, square)) / polynomial(innerDenominator, square);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
