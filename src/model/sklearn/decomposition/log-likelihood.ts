// PCA and factor analysis as normal distributions: the logarithm of a row's density.

import type { ModelMethod } from "../../core/create-model.js";
import { numberForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { type FittedMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { invert, logDeterminant } from "../../math/linear-algebra.js";
import { log } from "../../math/log.js";
import { dot } from "../../math/vectors.js";

/** Columns of a distribution whose covariance is inverted. */
const columnsMax = 2_000;

/** score_samples of PCA, where the file has what it needs. */
export function pcaLikelihood(
  attributes: EstimatorAttributes,
  components: FittedMatrix,
  mean: Float64Array,
): ModelMethod | undefined {
  const { rows, columns, data } = components;
  if (attributes.get("noise_variance_") === undefined || columns > columnsMax) return undefined;
  const noise = attributes.number("noise_variance_");
  const variances = readVector(attributes, ["explained_variance_"], rows);
  const beyond = variances.map((variance) => Math.max(variance - noise, 0));
  const stretched = attributes.flag("whiten")
    ? data.map((value, index) => value * Math.sqrt(variances[Math.floor(index / columns)]!))
    : data;
  const even = new Float64Array(columns).fill(noise);
  return likelihood(mean, () => {
    if (noise === 0) return invert(covarianceOf(stretched, beyond, even), columns);
    return precisionOf(stretched, even, (component) => 1 / beyond[component]!);
  });
}

/** score_samples of a factor analysis: each column has its own noise. */
export function factorLikelihood(
  { rows, columns, data }: FittedMatrix,
  mean: Float64Array,
  noise: Float64Array,
): ModelMethod | undefined {
  if (columns > columnsMax) return undefined;
  return likelihood(mean, () => {
    const ones = new Float64Array(rows).fill(1);
    return rows === columns ? invert(covarianceOf(data, ones, noise), columns) : precisionOf(data, noise, () => 1);
  });
}

/** Inverted on demand: it takes seconds with a thousand columns. */
function likelihood(mean: Float64Array, makePrecision: () => Float64Array | undefined): ModelMethod {
  const columns = mean.length;
  const centered = new Float64Array(columns);
  let fitted: { readonly precision: Float64Array; readonly constant: number } | undefined;
  return numberForRow((row, start) => {
    fitted ??= withConstant(makePrecision() ?? new Float64Array(columns * columns).fill(Number.NaN), columns);
    const { precision, constant } = fitted;
    for (let column = 0; column < columns; column++) centered[column] = row[start + column]! - mean[column]!;
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += centered[column]! * dot(centered, 0, precision, column * columns, columns);
    }
    return -0.5 * sum - constant;
  });
}

function withConstant(precision: Float64Array, columns: number) {
  return { precision, constant: 0.5 * (columns * log(2 * Math.PI) - logDeterminant(precision, columns)) };
}

/** C' diag(weights) C + diag(noise) */
function covarianceOf(components: Float64Array, weights: Float64Array, noise: Float64Array): Float64Array {
  const columns = noise.length;
  const covariance = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let row = 0; row < weights.length; row++) {
        sum += components[row * columns + i]! * weights[row]! * components[row * columns + j]!;
      }
      covariance[i * columns + j] = i === j ? sum + noise[i]! : sum;
    }
  }
  return covariance;
}

/** The inverse of a covariance of few components, by the lemma of Woodbury: one of their number is inverted. */
function precisionOf(
  components: Float64Array,
  noise: Float64Array,
  diagonal: (component: number) => number,
): Float64Array | undefined {
  const columns = noise.length;
  const rows = components.length / columns;
  const scaled = components.map((value, index) => value / noise[index % columns]!);
  const inner = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      const sum = dot(scaled, i * columns, components, j * columns, columns);
      inner[i * rows + j] = i === j ? sum + diagonal(i) : sum;
    }
  }
  const inverse = invert(inner, rows);
  if (!inverse) return undefined;
  const half = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += inverse[i * rows + k]! * scaled[k * columns + j]!;
      half[i * columns + j] = sum;
    }
  }
  const precision = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += scaled[k * columns + i]! * half[k * columns + j]!;
      precision[i * columns + j] = (i === j ? 1 / noise[i]! : 0) - sum;
    }
  }
  return precision;
}
