// sklearn.metrics.pairwise: kernels of two rows, by their names.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { exp } from "../../math/exp.js";
import { tanh } from "../../math/expm1.js";
import { pow } from "../../math/pow.js";
import { dot } from "../../math/vectors.js";

/** The kernel of the rows of `features` numbers that begin at a[aStart] and b[bStart]. */
export type PairwiseKernel = (a: Float64Array, aStart: number, b: Float64Array, bStart: number) => number;

/** Parameters of some kernels. */
interface KernelParameters {
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

type MakeKernel = (features: number, parameters: KernelParameters) => PairwiseKernel;

const linear: MakeKernel = (features) => (a, aStart, b, bStart) => dot(a, aStart, b, bStart, features);

const polynomial: MakeKernel =
  (features, { gamma, degree, coef0 }) =>
  (a, aStart, b, bStart) =>
    pow(dot(a, aStart, b, bStart, features) * gamma + coef0, degree);

const kernels: ReadonlyMap<string, MakeKernel> = new Map<string, MakeKernel>([
  ["linear", linear],
  ["poly", polynomial],
  ["polynomial", polynomial],
  [
    "sigmoid",
    (features, { gamma, coef0 }) =>
      (a, aStart, b, bStart) =>
        tanh(dot(a, aStart, b, bStart, features) * gamma + coef0),
  ],
  [
    "rbf",
    (features, { gamma }) =>
      (a, aStart, b, bStart) =>
        exp(-gamma * squaredDistance(a, aStart, b, bStart, features)),
  ],
  [
    "laplacian",
    (features, { gamma }) =>
      (a, aStart, b, bStart) => {
        let distance = 0;
        for (let i = 0; i < features; i++) distance += Math.abs(a[aStart + i]! - b[bStart + i]!);
        return exp(-gamma * distance);
      },
  ],
  ["cosine", (features) => (a, aStart, b, bStart) => cosine(a, aStart, b, bStart, features)],
  ["additive_chi2", (features) => (a, aStart, b, bStart) => additiveChi2(a, aStart, b, bStart, features)],
  [
    "chi2",
    (features, { gamma }) =>
      (a, aStart, b, bStart) =>
        exp(gamma * additiveChi2(a, aStart, b, bStart, features)),
  ],
]);

/**
 * Reads a kernel by its name and the estimator's gamma, degree and coef0. @throws ModelError "estimator-unsupported"
 */
export function readPairwiseKernel(attributes: EstimatorAttributes, name: string, features: number): PairwiseKernel {
  const make = kernels.get(name);
  if (!make)
    throw attributes.unsupported(`the kernel "${name}"`, `Supported kernels: ${[...kernels.keys()].join(", ")}.`);
  const number = (parameter: string, otherwise: number) =>
    attributes.get(parameter) === undefined ? otherwise : attributes.number(parameter);
  return make(features, {
    gamma: number("gamma", 1 / features),
    degree: number("degree", 3),
    coef0: number("coef0", 1),
  });
}

/** As euclidean_distances has it: from the rows' lengths and their product. */
function squaredDistance(a: Float64Array, aStart: number, b: Float64Array, bStart: number, features: number): number {
  const product = dot(a, aStart, b, bStart, features);
  const distance = -2 * product + dot(a, aStart, a, aStart, features) + dot(b, bStart, b, bStart, features);
  return Math.max(distance, 0);
}

/** The product of the rows, each divided by its length; a row of zeros stays. */
function cosine(a: Float64Array, aStart: number, b: Float64Array, bStart: number, features: number): number {
  const aLength = Math.sqrt(dot(a, aStart, a, aStart, features)) || 1;
  const bLength = Math.sqrt(dot(b, bStart, b, bStart, features)) || 1;
  let sum = 0;
  for (let i = 0; i < features; i++) sum += (a[aStart + i]! / aLength) * (b[bStart + i]! / bLength);
  return sum;
}

function additiveChi2(a: Float64Array, aStart: number, b: Float64Array, bStart: number, features: number): number {
  let sum = 0;
  for (let i = 0; i < features; i++) {
    const difference = a[aStart + i]! - b[bStart + i]!;
    const both = a[aStart + i]! + b[bStart + i]!;
    if (both !== 0) sum += (difference * difference) / both;
  }
  return -sum;
}
