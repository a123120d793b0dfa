import { exp } from "../../math/exp.js";

/**
 * The widest steps. Their error falls as e^(-pi^2 / width), to below 1e-17; for a large x, where the integrand is a
 * bell of the width 1 / sqrt(x), as e^(-2 pi^2 / (x width^2)).
 */
const stepWidthMax = 0.2;

/** Beyond it the function is zero in double precision. */
const xMax = 745;

/** Where the exponent is this much below its largest, the rest of the sum is beyond the last bit. */
const negligible = -60;

/**
 * The modified Bessel function of the second kind K_order(x), for x > 0: the trapezoidal rule on its integral of exp(-x
 * cosh t) cosh(order t), which converges at the rate of a double exponential.
 */
export function besselK(order: number, x: number): number {
  if (x > xMax) return 0;
  const stepWidth = Math.min(stepWidthMax, 0.65 / Math.sqrt(x));
  const exponent = (t: number, sign: number) => sign * order * t - x * Math.cosh(t);
  const terms = (t: number) => 0.5 * (exp(exponent(t, 1)) + exp(exponent(t, -1)));
  let sum = 0.5 * terms(0);
  let largest = exponent(0, 1);
  for (let step = 1; ; step++) {
    const t = step * stepWidth;
    const size = exponent(t, 1);
    largest = Math.max(largest, size);
    if (!(size - largest > negligible)) return sum * stepWidth;
    sum += terms(t);
  }
}
