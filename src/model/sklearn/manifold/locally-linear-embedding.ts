// LocallyLinearEmbedding: a new row is embedded where its neighbors, weighted to reproduce it, are. The methods
// (standard, modified, hessian, ltsa) differ only in the embedding of the training rows.

import { CellError } from "../../core/cell-error.js";
import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { solvePositiveDefinite } from "../../math/linear-algebra.js";
import { dot } from "../../math/vectors.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { readNeighborSearch } from "../neighbors/index.js";
import { readNeighbors } from "./isomap.js";

export const locallyLinearEmbeddingClass: EstimatorClass = {
  name: "LocallyLinearEmbedding",
  paths: ["sklearn.manifold._locally_linear", "sklearn.manifold.locally_linear"],
  read: readEmbedding,
};

/** Neighbors of one row: a system of equations of this size is solved for each. */
const neighborsMax = 1000;

function readEmbedding(attributes: EstimatorAttributes): EstimatorDefinition {
  const neighbors = readNeighbors(attributes);
  const search = readNeighborSearch(neighbors);
  const points = readMatrix(neighbors, ["_fit_X"], { rows: search.samples });
  const embedding = readMatrix(attributes, ["embedding_"], { rows: search.samples });
  const count = attributes.number("n_neighbors");
  if (count > neighborsMax)
    throw attributes.unsupported(`it uses ${count} neighbors of a row; the maximum is ${neighborsMax}`);
  const find = search.nearest(count);
  const regularization = attributes.number("reg");
  const weights = new Float64Array(count);
  const width = embedding.columns;
  const transform = numbersForRow(width, (data, start, out, at, index) => {
    const { indices } = find(data, start);
    if (!fillBarycenter(data.subarray(start, start + points.columns), points.data, indices, regularization, weights)) {
      throw new CellError(
        "input-out-of-range",
        index,
        undefined,
        (where) => `The neighbors of ${where} do not determine its weights: reg is ${regularization}`,
      );
    }
    for (let component = 0; component < width; component++) {
      let sum = 0;
      for (let neighbor = 0; neighbor < count; neighbor++) {
        sum += embedding.data[indices[neighbor]! * width + component]! * weights[neighbor]!;
      }
      out[at + component] = sum;
    }
  });
  return {
    inputs: numberInputs(attributes, points.columns, false),
    methods: new Map([["transform", transform]]),
    parameters: attributes.parameters("method", "n_neighbors", "n_components"),
  };
}

/**
 * sklearn.manifold._locally_linear.barycenter_weights of one row: fills `weights` with those that reproduce it from its
 * neighbors and add up to 1. @returns false where the regularized system has no solution
 */
function fillBarycenter(
  row: Float64Array,
  points: Float64Array,
  neighbors: ArrayLike<number>,
  regularization: number,
  weights: Float64Array,
): boolean {
  const columns = row.length;
  const count = weights.length;
  const differences = new Float64Array(count * columns);
  for (let neighbor = 0; neighbor < count; neighbor++) {
    for (let column = 0; column < columns; column++) {
      differences[neighbor * columns + column] = points[neighbors[neighbor]! * columns + column]! - row[column]!;
    }
  }
  const gram = new Float64Array(count * count);
  let trace = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      gram[a * count + b] = dot(differences, a * columns, differences, b * columns, columns);
    }
    trace += gram[a * count + a]!;
  }
  const added = trace > 0 ? regularization * trace : regularization;
  for (let a = 0; a < count; a++) gram[a * count + a] = gram[a * count + a]! + added;
  weights.fill(1);
  if (!solvePositiveDefinite(gram, count, weights)) return false;
  const sum = pairwiseSum(weights, 0, count);
  for (let a = 0; a < count; a++) weights[a] = weights[a]! / sum;
  return true;
}
