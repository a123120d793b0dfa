// The classifier of two classes inside every GaussianProcessClassifier: Laplace's approximation (Rasmussen and
// Williams, algorithm 3.2).

import { EstimatorAttributes } from "../../estimator/attributes.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { erf } from "../../math/erf.js";
import type { Value } from "../../pickle/values.js";
import { Instance, kindOf } from "../../pickle/values.js";
import { readKernel } from "./kernels.js";
import { solvedSquares } from "./triangular.js";

export interface BinaryClassifier {
  readonly features: number;
  /** The latent function's mean: above zero is the second class. */
  readonly mean: (data: Float64Array, start: number) => number;
  /** The probability of the second class. */
  readonly probability: (data: Float64Array, start: number) => number;
}

/** The logistic function as a sum of error functions (Williams and Barber, appendix A). */
const widths = [0.41, 0.4, 0.37, 0.44, 0.39];
const weights = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654];

export function readBinaryClassifier(owner: EstimatorAttributes, value: Value | undefined): BinaryClassifier {
  if (!(value instanceof Instance) || value.global.name !== "_BinaryGaussianProcessClassifierLaplace") {
    throw owner.inconsistent(`expected a binary Gaussian process, found ${kindOf(value)}`);
  }
  const attributes = new EstimatorAttributes(value, owner.type);
  const { rows, columns: features, data: fitted } = readMatrix(attributes, ["X_train_"]);
  const kernel = readKernel(attributes, attributes.get("kernel_"), features);
  const targets = attributes.numbers(["y_train_"], rows);
  const probabilities = readVector(attributes, ["pi_"], rows);
  const residuals = targets.map((target, row) => target - probabilities[row]!);
  const roots = readVector(attributes, ["W_sr_"], rows);
  const factor = readMatrix(attributes, ["L_"], { rows, columns: rows }).data;
  const covariances = new Float64Array(rows);

  /** Leaves the covariances with the training rows in `covariances`. */
  const mean = (data: Float64Array, start: number): number => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      covariances[row] = kernel.between(fitted, row * features, data, start);
      sum += covariances[row]! * residuals[row]!;
    }
    return sum;
  };
  const explainedVariance = (): number => {
    for (let row = 0; row < rows; row++) covariances[row] = roots[row]! * covariances[row]!;
    return solvedSquares(factor, rows, covariances);
  };
  const probability = (data: Float64Array, start: number): number => {
    const latent = mean(data, start);
    return shareOf(latent, kernel.itself(data, start) - explainedVariance());
  };
  return { features, mean, probability };
}

/** The expectation of the logistic function of a normal variable. */
function shareOf(mean: number, variance: number): number {
  const alpha = 1 / (2 * variance);
  let sum = 0;
  let half = 0;
  for (const [index, width] of widths.entries()) {
    const weight = weights[index]!;
    const integral =
      (Math.sqrt(Math.PI / alpha) * erf(width * mean * Math.sqrt(alpha / (alpha + width * width)))) /
      (2 * Math.sqrt(variance * 2 * Math.PI));
    sum += weight * integral;
    half += weight;
  }
  return sum + 0.5 * half;
}
