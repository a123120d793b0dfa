// What estimators of nearest neighbors share: their inputs, how they find neighbors and weigh them.

import type { ModelMethod } from "../../core/create-model.js";
import { eachRow } from "../../core/matrix.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { kindOf } from "../../pickle/values.js";
import type { FindNear, Found, NeighborSearch } from "./search.js";

export type Find = (attributes: EstimatorAttributes, search: NeighborSearch) => FindNear;
export const findCount: Find = (attributes, search) => search.nearest(attributes.number("n_neighbors"));
export const findRadius: Find = (attributes, search) => search.within(attributes.number("radius"));

export function neighborEstimator(
  attributes: EstimatorAttributes,
  search: NeighborSearch,
  methods: EstimatorDefinition["methods"],
  more: Partial<EstimatorDefinition> = {},
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, search.columns, false),
    methods,
    parameters: {
      ...attributes.parameters("n_neighbors", "radius", "weights"),
      metric: search.metric,
      training_rows: search.samples,
    },
    ...more,
  };
}

/** kneighbors, as scikit-learn's pair of arrays: distances, and the numbers of the training rows. */
export function neighborsMethod(search: NeighborSearch, count: number): ModelMethod {
  const find = search.nearest(count);
  return {
    output: { kind: "number" },
    run(table) {
      const distances = new Float64Array(table.rows * count);
      const indices = new Float64Array(table.rows * count);
      eachRow(table, (row, start, index) => {
        const found = find(row, start);
        distances.set(found.distances, index * count);
        indices.set(found.indices, index * count);
      });
      const shape = [table.rows, count];
      return {
        shape: [2],
        data: [],
        parts: [
          { shape, data: distances },
          { shape, data: indices },
        ],
      };
    },
  };
}

/** Weights of neighbors: undefined where all count the same. The array is used again for the next row. */
export type Weigh = (found: Found) => Float64Array | undefined;

/** By distance: 1 / distance; where neighbors are at distance 0, only they have a weight. */
export function readWeights(attributes: EstimatorAttributes): Weigh {
  const weights = attributes.get("weights") ?? "uniform";
  if (weights === "uniform") return () => undefined;
  if (weights !== "distance") {
    throw attributes.unsupported(
      `its weights are ${typeof weights === "string" ? "unknown" : kindOf(weights)}`,
      'Supported weights: "uniform" and "distance".',
    );
  }
  return ({ count, distances }) => {
    const all = Float64Array.from({ length: count }, (_, at) => 1 / distances[at]!);
    return all.includes(Number.POSITIVE_INFINITY) ? all.map((weight) => (Number.isFinite(weight) ? 0 : 1)) : all;
  };
}
