// The logarithm of a density: a kernel around each training row.

import { numberForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { exp } from "../../math/exp.js";
import { logGamma } from "../../math/gamma.js";
import { log } from "../../math/log.js";
import { readMetric } from "./metrics.js";
import { readNeighborTree } from "./tree.js";

export const kernelDensityClass: EstimatorClass = {
  name: "KernelDensity",
  paths: ["sklearn.neighbors._kde", "sklearn.neighbors.kde"],
  read: readKernelDensity,
};

const logPi = log(Math.PI);
const log2Pi = log(2 * Math.PI);

/** The logarithms of the volume of a ball of n dimensions, and of the surface of one of n + 1. */
const logVolume = (n: number) => 0.5 * n * logPi - logGamma(0.5 * n + 1);
const logSurface = (n: number) => log2Pi + logVolume(n - 1);

interface Kernel {
  /** The kernel's logarithm at u = distance / bandwidth. */
  readonly value: (u: number) => number;
  /** The logarithm of its integral over d dimensions. */
  readonly norm: (d: number) => number;
}

/** Beyond the bandwidth there is nothing. */
const inside = (value: (u: number) => number) => (u: number) => (u < 1 ? value(u) : Number.NEGATIVE_INFINITY);

/** As sklearn/neighbors/_binary_tree.pxi has them. */
const kernels: ReadonlyMap<string, Kernel> = new Map([
  ["gaussian", { value: (u: number) => -0.5 * (u * u), norm: (d: number) => 0.5 * d * log2Pi }],
  ["tophat", { value: inside(() => 0), norm: logVolume }],
  ["epanechnikov", { value: inside((u) => log(1 - u * u)), norm: (d: number) => logVolume(d) + log(2 / (d + 2)) }],
  ["exponential", { value: (u: number) => -u, norm: (d: number) => logSurface(d - 1) + logGamma(d) }],
  ["linear", { value: inside((u) => log(1 - u)), norm: (d: number) => logVolume(d) - log(d + 1) }],
  ["cosine", { value: inside((u) => log(Math.cos(0.5 * Math.PI * u))), norm: cosineNorm }],
]);

function cosineNorm(d: number): number {
  let factor = 0;
  let term = 2 / Math.PI;
  for (let k = 1; k <= d; k += 2) {
    factor += term;
    term *= -(d - k) * (d - k - 1) * (2 / Math.PI) ** 2;
  }
  return log(factor) + logSurface(d - 1);
}

function readKernelDensity(attributes: EstimatorAttributes): EstimatorDefinition {
  const metric = readMetric(attributes);
  const { points, weights } = readNeighborTree(attributes, attributes.get("tree_"), metric);
  const { rows, columns, data } = points;
  const name = attributes.text("kernel");
  const kernel = kernels.get(name);
  if (!kernel) throw attributes.inconsistent("its kernel is unknown");
  const bandwidth =
    attributes.get("bandwidth_") === undefined ? attributes.number("bandwidth") : attributes.number("bandwidth_");
  if (!(bandwidth > 0)) throw attributes.inconsistent(`its bandwidth is ${bandwidth}`);
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : rows;
  const norm = -kernel.norm(columns) - columns * log(bandwidth) - log(total);
  const logs = new Float64Array(rows);
  const score = (row: Float64Array, start: number) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < rows; index++) {
      const distance = metric.toDistance(metric.reduced(row, start, data, index * columns, columns));
      const value = kernel.value(distance / bandwidth) + (weights ? log(weights[index]!) : 0);
      logs[index] = value;
      if (value > largest) largest = value;
    }
    if (largest === Number.NEGATIVE_INFINITY) return largest;
    let sum = 0;
    for (let index = 0; index < rows; index++) sum += exp(logs[index]! - largest);
    return largest + log(sum) + norm;
  };
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["score_samples", numberForRow(score)]]),
    parameters: { kernel: name, bandwidth, metric: metric.name, training_rows: rows },
  };
}
