import type { Dataset } from "../dataset.js";

/** `scale` and `auto` are scikit-learn's: 1 / (columns * variance of all values), and 1 / columns. */
export type Gamma = "scale" | "auto" | number;

export function gammaOf(gamma: Gamma, { x, featureNames }: Dataset): number {
  if (typeof gamma === "number") return gamma;
  if (gamma === "auto") return 1 / featureNames.length;
  const variance = varianceOf(x);
  return variance === 0 ? 1 : 1 / (featureNames.length * variance);
}

/** numpy's `X.var()`, to the last bit. */
function varianceOf(x: Float64Array): number {
  const mean = pairwiseSum(x) / x.length;
  return pairwiseSum(x.map((value) => (value - mean) * (value - mean))) / x.length;
}

/** numpy adds in blocks of at most so many values, each in eight interleaved sums (numpy/_core/src/umath/loops_utils.h.src). */
const blockMax = 128;

function pairwiseSum(x: Float64Array): number {
  if (x.length < 8) return x.reduce((sum, value) => sum + value, 0);
  if (x.length > blockMax) {
    const half = Math.floor(x.length / 2);
    const middle = half - (half % 8);
    return pairwiseSum(x.subarray(0, middle)) + pairwiseSum(x.subarray(middle));
  }
  const sums = Float64Array.from(x.subarray(0, 8));
  const whole = x.length - (x.length % 8);
  for (let i = 8; i < whole; i++) sums[i % 8]! += x[i]!;
  const [a, b, c, d, e, f, g, h] = sums as unknown as Octet;
  let total = a + b + (c + d) + (e + f + (g + h));
  for (let i = whole; i < x.length; i++) total += x[i]!;
  return total;
}

type Octet = readonly [number, number, number, number, number, number, number, number];
