// The gamma function's relatives, for arguments above zero, to a few units of 1e-16.

import { exp } from "./exp.js";
import { log } from "./log.js";

/** From here on the asymptotic series are good to the last bits. */
const asymptoticMin = 12;

/** Bernoulli's numbers B2, B4, ... B14. */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6];

/** The digamma function, the derivative of log gamma. */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let below = 0;
  let at = x;
  for (; at < asymptoticMin; at++) below += 1 / at;
  const square = 1 / (at * at);
  let series = 0;
  for (let n = bernoulli.length; n >= 1; n--) series = (series + bernoulli[n - 1]! / (2 * n)) * square;
  return log(at) - 0.5 / at - series - below;
}

/** log gamma(x): Stirling's series, after the argument is raised. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let below = 1;
  let at = x;
  for (; at < asymptoticMin; at++) below *= at;
  const square = 1 / (at * at);
  let series = 0;
  for (let n = bernoulli.length; n >= 1; n--) series = series * square + bernoulli[n - 1]! / (2 * n * (2 * n - 1));
  return (at - 0.5) * log(at) - at + 0.5 * log(2 * Math.PI) + series / at - log(below);
}

export function gamma(x: number): number {
  return exp(logGamma(x));
}
