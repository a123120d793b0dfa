// Transforms that bring numbers closer to a normal distribution.

import { expm1 } from "./expm1.js";
import { log, log1p } from "./log.js";
import { pow } from "./pow.js";

/** Powers at or below which the transform is a logarithm: numpy's spacing(1.0). */
const nearZero = Number.EPSILON;

/** scipy.special.boxcox */
export function boxCox(x: number, lambda: number): number {
  // NaN passes; a number that is not positive has no transform.
  if (!(x > 0)) return x === 0 && lambda > 0 ? -1 / lambda : Number.NaN;
  return Math.abs(lambda) < 1e-19 ? log(x) : expm1(lambda * log(x)) / lambda;
}

/** Yeo and Johnson (2000), as scikit-learn up to 1.7 and scipy before 1.12 write it. */
export function yeoJohnson(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < nearZero ? log1p(x) : (pow(x + 1, lambda) - 1) / lambda;
  if (Number.isNaN(x)) return x;
  return Math.abs(lambda - 2) > nearZero ? -(pow(-x + 1, 2 - lambda) - 1) / (2 - lambda) : -log1p(-x);
}

/** The same as scipy writes it since 1.12, which scikit-learn uses since 1.8. */
export function yeoJohnsonByLogarithm(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < nearZero ? log1p(x) : expm1(lambda * log1p(x)) / lambda;
  if (Number.isNaN(x)) return x;
  return Math.abs(lambda - 2) > nearZero ? -expm1((2 - lambda) * log1p(-x)) / (2 - lambda) : -log1p(-x);
}
