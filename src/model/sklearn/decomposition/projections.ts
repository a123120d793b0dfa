// Projections: a dot product with each component, of the row or of the row less its mean.

import type { ModelMethod } from "../../core/create-model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { project, projection, readProjection } from "../../estimator/projection.js";
import { invert } from "../../math/linear-algebra.js";
import { dot } from "../../math/vectors.js";
import { factorLikelihood, pcaLikelihood } from "./log-likelihood.js";

export const projectionClasses: readonly EstimatorClass[] = [
  { name: "PCA", paths: ["sklearn.decomposition._pca", "sklearn.decomposition.pca"], read: readWhitenedPca },
  {
    name: "IncrementalPCA",
    paths: ["sklearn.decomposition._incremental_pca", "sklearn.decomposition.incremental_pca"],
    read: readWhitenedPca,
  },
  // Until 0.19. Its components are whitened already.
  {
    name: "RandomizedPCA",
    paths: ["sklearn.decomposition.pca"],
    read: (attributes) => readPca(attributes, false),
  },
  {
    name: "TruncatedSVD",
    paths: ["sklearn.decomposition._truncated_svd", "sklearn.decomposition.truncated_svd"],
    read: readProjection,
  },
  {
    name: "FastICA",
    paths: ["sklearn.decomposition._fastica", "sklearn.decomposition.fastica_"],
    read: readFastIca,
  },
  {
    name: "FactorAnalysis",
    paths: ["sklearn.decomposition._factor_analysis", "sklearn.decomposition.factor_analysis"],
    read: readFactorAnalysis,
  },
];

/** Where a component's variance is smaller, whitening divides by this: float64's epsilon (1.5 and later). */
const scaleMin = 2 ** -52;

function readWhitenedPca(attributes: EstimatorAttributes): EstimatorDefinition {
  return readPca(attributes, attributes.flag("whiten"));
}

function readPca(attributes: EstimatorAttributes, whiten: boolean): EstimatorDefinition {
  const components = readMatrix(attributes, ["components_"]);
  const { rows, columns, data: weights } = components;
  const mean =
    attributes.get("mean_") === undefined ? new Float64Array(columns) : readVector(attributes, ["mean_"], columns);
  const scale = whiten ? readScale(attributes, rows) : undefined;
  const whitened = (value: number, component: number) => (scale ? value / scale[component]! : value);
  const likelihood = attributes.type.endsWith(".PCA") ? pcaLikelihood(attributes, components, mean) : undefined;
  if (!attributes.since(1, 5)) {
    const centered = new Float64Array(columns);
    const old = projection(attributes, components, (data, start, out, at) => {
      for (let column = 0; column < columns; column++) centered[column] = data[start + column]! - mean[column]!;
      for (let row = 0; row < rows; row++) {
        out[at + row] = whitened(dot(centered, 0, weights, row * columns, columns), row);
      }
    });
    return withScores(old, likelihood);
  }
  const center = Float64Array.from({ length: rows }, (_, row) => dot(mean, 0, weights, row * columns, columns));
  const since15 = projection(attributes, components, (data, start, out, at) => {
    for (let row = 0; row < rows; row++) {
      out[at + row] = whitened(dot(data, start, weights, row * columns, columns) - center[row]!, row);
    }
  });
  return withScores(since15, likelihood);
}

/** With score_samples, where there is one. */
function withScores(estimator: EstimatorDefinition, scores: ModelMethod | undefined): EstimatorDefinition {
  return scores ? { ...estimator, methods: new Map([...estimator.methods, ["score_samples", scores]]) } : estimator;
}

function readScale(attributes: EstimatorAttributes, rows: number): Float64Array {
  const variance = readVector(attributes, ["explained_variance_"], rows);
  return variance.map((value) => (attributes.since(1, 5) ? Math.max(Math.sqrt(value), scaleMin) : Math.sqrt(value)));
}

function readFastIca(attributes: EstimatorAttributes): EstimatorDefinition {
  const components = readMatrix(attributes, ["components_"]);
  // A word ("unit-variance") or True; False and nothing leave the mean in.
  const whiten = attributes.get("_whiten", "whiten");
  const centered = whiten !== undefined && whiten !== false;
  if (!centered)
    return projection(attributes, components, (data, start, out, at) => project(components, data, start, out, at));
  const mean = readVector(attributes, ["mean_"], components.columns);
  const row = new Float64Array(components.columns);
  return projection(attributes, components, (data, start, out, at) => {
    for (let column = 0; column < row.length; column++) row[column] = data[start + column]! - mean[column]!;
    project(components, row, 0, out, at);
  });
}

/** Components of a factor analysis: their covariance is inverted when the file is read. */
const factorsMax = 1_000;

/** (x - mean) W' (I + W C')^-1 with W = C / noise variance. */
function readFactorAnalysis(attributes: EstimatorAttributes): EstimatorDefinition {
  const components = readMatrix(attributes, ["components_"]);
  const { rows, columns, data } = components;
  if (rows > factorsMax) throw attributes.unsupported(`it has ${rows} components; the maximum is ${factorsMax}`);
  const mean = readVector(attributes, ["mean_"], columns);
  const noise = readVector(attributes, ["noise_variance_"], columns);
  const scaled: FittedMatrix = { rows, columns, data: data.map((value, index) => value / noise[index % columns]!) };
  const precision = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      precision[i * rows + j] = (i === j ? 1 : 0) + dot(scaled.data, i * columns, data, j * columns, columns);
    }
  }
  const covariance = invert(precision, rows);
  if (!covariance) throw attributes.inconsistent("the covariance of its components has no inverse");
  const centered = new Float64Array(columns);
  const projected = new Float64Array(rows);
  const transform = projection(attributes, components, (row, start, out, at) => {
    for (let column = 0; column < columns; column++) centered[column] = row[start + column]! - mean[column]!;
    project(scaled, centered, 0, projected, 0);
    for (let j = 0; j < rows; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += projected[i]! * covariance[i * rows + j]!;
      out[at + j] = sum;
    }
  });
  return withScores(transform, factorLikelihood(components, mean, noise));
}
