// Isomap: the shortest ways from a row through its neighbors to every training row, embedded by their kernel.

import { CellError } from "../../core/cell-error.js";
import { eachRow } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { methodOf } from "../../estimator/meta-estimator.js";
import { Instance } from "../../pickle/values.js";
import { type FindNear, type NeighborSearch, readNeighborSearch } from "../neighbors/index.js";

export const isomapClass: EstimatorClass = {
  name: "Isomap",
  paths: ["sklearn.manifold._isomap", "sklearn.manifold.isomap"],
  read: readIsomap,
};

function readIsomap(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const neighbors = readNeighbors(attributes);
  const search = readNeighborSearch(neighbors);
  const { samples, columns } = search;
  const geodesic = readMatrix(attributes, ["dist_matrix_"], { rows: samples, columns: samples });
  const embedding = readSubEstimator(attributes.get("kernel_pca_"), "the kernel PCA of an Isomap");
  if (embedding.inputs.count !== samples)
    throw attributes.inconsistent(`its kernel PCA has ${embedding.inputs.count} rows; expected ${samples}`);
  const embed = methodOf(attributes, embedding, "transform");
  const find = readFind(attributes, neighbors, search);

  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["transform", { output: embed.output, run: (table: Table) => embed.run(kernelOf(table)) }]]),
    parameters: attributes.parameters("n_neighbors", "radius", "n_components"),
  };

  function kernelOf(table: Table): Table {
    const data = new Float64Array(table.rows * samples);
    eachRow(table, (row, start, index) => {
      const { count, indices, distances } = find(row, start);
      if (count === 0) {
        throw new CellError("input-no-neighbors", index, undefined, (where) => `No training rows are near ${where}`);
      }
      for (let sample = 0; sample < samples; sample++) {
        let shortest = Number.POSITIVE_INFINITY;
        for (let at = 0; at < count; at++) {
          shortest = Math.min(shortest, geodesic.data[indices[at]! * samples + sample]! + distances[at]!);
        }
        data[index * samples + sample] = shortest * shortest * -0.5;
      }
    });
    return { kind: "matrix", rows: table.rows, columns: samples, data };
  }
}

/** `nbrs_`, a fitted NearestNeighbors. */
export function readNeighbors(attributes: EstimatorAttributes): EstimatorAttributes {
  const value = attributes.get("nbrs_");
  if (!(value instanceof Instance)) throw attributes.expected("a NearestNeighbors", ["nbrs_"], value);
  return new EstimatorAttributes(value, `${attributes.type}'s NearestNeighbors`);
}

/** By radius where there is no n_neighbors (1.1 and later). */
function readFind(attributes: EstimatorAttributes, neighbors: EstimatorAttributes, search: NeighborSearch): FindNear {
  return attributes.get("n_neighbors") === undefined
    ? search.within(neighbors.number("radius"))
    : search.nearest(neighbors.number("n_neighbors"));
}
