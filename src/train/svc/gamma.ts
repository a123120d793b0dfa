import { pairwiseSum } from "../../model/index.js";
import type { Dataset } from "../dataset.js";

/** scikit-learn's `scale` is 1 / (columns * variance of all values), `auto` is 1 / columns. */
export type Gamma = "scale" | "auto" | number;

export function gammaOf(gamma: Gamma, { x, featureNames }: Dataset): number {
  if (typeof gamma === "number") return gamma;
  if (gamma === "auto") return 1 / featureNames.length;
  const variance = varianceOf(x);
  return variance === 0 ? 1 : 1 / (featureNames.length * variance);
}

/** numpy's `X.var()`, to the last bit. */
function varianceOf(x: Float64Array): number {
  const mean = pairwiseSum(x, 0, x.length) / x.length;
  const squares = x.map((value) => (value - mean) * (value - mean));
  return pairwiseSum(squares, 0, x.length) / x.length;
}
