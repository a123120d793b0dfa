// Estimators of nearest neighbors besides predictors: outliers, graphs, the neighbors themselves.

import type { ModelMethod } from "../../core/create-model.js";
import { eachRow } from "../../core/matrix.js";
import { labelForRow, numberForRow } from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { SparseRows, transformTo } from "../../estimator/tables.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { neighborEstimator, neighborsMethod } from "./estimator.js";
import { type FindNear, type NeighborSearch, readNeighborSearch } from "./search.js";

const graph = ["sklearn.neighbors._graph"];

export const neighborToolClasses: readonly EstimatorClass[] = [
  {
    name: "LocalOutlierFactor",
    paths: ["sklearn.neighbors._lof", "sklearn.neighbors.lof"],
    read: readOutlierFactor,
  },
  {
    name: "NearestNeighbors",
    paths: ["sklearn.neighbors._unsupervised", "sklearn.neighbors.unsupervised"],
    read: readNearest,
  },
  { name: "KNeighborsTransformer", paths: graph, read: readKTransformer },
  { name: "RadiusNeighborsTransformer", paths: graph, read: readRadiusTransformer },
];

/** Added to a mean distance: with many duplicates it would be 0. */
const distanceMin = 1e-10;

function readOutlierFactor(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  const count = attributes.number("n_neighbors_");
  const neighbors = neighborsMethod(search, attributes.number("n_neighbors"));
  // Without novelty it scores its own training rows alone, and of new rows it only finds the neighbors.
  if (!attributes.flag("novelty")) return neighborEstimator(attributes, search, new Map([["kneighbors", neighbors]]));
  const find = search.nearest(count);
  const density = readVector(attributes, ["_lrd"], search.samples);
  const fitted = readMatrix(attributes, ["_distances_fit_X_"], { rows: search.samples });
  if (fitted.columns < count) throw attributes.inconsistent(`_distances_fit_X_ has ${fitted.columns} columns`);
  const reach = Float64Array.from(
    { length: search.samples },
    (_, row) => fitted.data[row * fitted.columns + count - 1]!,
  );
  const offset = attributes.number("offset_");
  const values = new Float64Array(count);
  const score = (row: Float64Array, start: number) => {
    const { indices, distances } = find(row, start);
    for (let at = 0; at < count; at++) values[at] = Math.max(distances[at]!, reach[indices[at]!]!);
    const own = 1 / (pairwiseSum(values, 0, count) / count + distanceMin);
    for (let at = 0; at < count; at++) values[at] = density[indices[at]!]! / own;
    return -(pairwiseSum(values, 0, count) / count);
  };
  const inlierOrOutlier = [-1, 1];
  return neighborEstimator(
    attributes,
    search,
    new Map<MethodName, ModelMethod>([
      ["predict", labelForRow(inlierOrOutlier, (row, start) => (score(row, start) - offset < 0 ? 0 : 1))],
      ["decision_function", numberForRow((row, start) => score(row, start) - offset)],
      ["score_samples", numberForRow(score)],
      ["kneighbors", neighbors],
    ]),
    { classes: inlierOrOutlier },
  );
}

function readNearest(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  const count = attributes.number("n_neighbors");
  return neighborEstimator(attributes, search, new Map([["kneighbors", neighborsMethod(search, count)]]));
}

function readKTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  const distances = readMode(attributes);
  // With distances there is one neighbor more, so that training rows, whose nearest neighbor is themselves, have as
  // many.
  const count = attributes.number("n_neighbors");
  const find = search.nearest(count + (distances ? 1 : 0));
  return transformer(attributes, search, find, distances, [["kneighbors", neighborsMethod(search, count)]]);
}

function readRadiusTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  return transformer(attributes, search, search.within(attributes.number("radius")), readMode(attributes), []);
}

/** Whether the graph holds distances; connections are ones. */
function readMode(attributes: EstimatorAttributes): boolean {
  const mode = attributes.text("mode");
  if (mode !== "distance" && mode !== "connectivity")
    throw attributes.inconsistent("mode is neither distance nor connectivity");
  return mode === "distance";
}

function transformer(
  attributes: EstimatorAttributes,
  search: NeighborSearch,
  find: FindNear,
  distances: boolean,
  more: readonly (readonly [MethodName, ModelMethod])[],
): EstimatorDefinition {
  const transform = transformTo(search.samples, (table) => {
    const made = new SparseRows(search.samples);
    eachRow(table, (row, start) => {
      const found = find(row, start);
      for (let at = 0; at < found.count; at++) made.add(found.indices[at]!, distances ? found.distances[at]! : 1);
      made.endRow();
    });
    return made.table();
  });
  return neighborEstimator(attributes, search, new Map([["transform", transform], ...more]));
}
