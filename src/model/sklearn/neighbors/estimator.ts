// What estimators of nearest neighbors share: their inputs, how they find neighbors and weigh them.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { kindOf } from "../../pickle/values.js";
import type { FindNear, Found, NeighbourSearch } from "./search.js";

export type Find = (state: EstimatorAttributes, search: NeighbourSearch) => FindNear;
export const findCount: Find = (state, search) => search.nearest(state.number("n_neighbors"));
export const findRadius: Find = (state, search) => search.within(state.number("radius"));

export function neighbourEstimator(
  state: EstimatorAttributes,
  search: NeighbourSearch,
  methods: EstimatorDefinition["methods"],
  more: Partial<EstimatorDefinition> = {},
): EstimatorDefinition {
  return {
    inputs: numberInputs(state, search.columns, false),
    methods,
    parameters: {
      ...state.parameters("n_neighbors", "radius", "weights"),
      metric: search.metric,
      training_rows: search.samples,
    },
    ...more,
  };
}

/** Weights of neighbours: undefined where all count the same. The array is used again for the next row. */
export type Weigh = (found: Found) => Float64Array | undefined;

/** By distance: 1 / distance; where neighbors are at distance 0, only they have a weight. */
export function readWeights(state: EstimatorAttributes): Weigh {
  const weights = state.get("weights") ?? "uniform";
  if (weights === "uniform") return () => undefined;
  if (weights !== "distance") {
    throw state.unsupported(
      `its weights are ${typeof weights === "string" ? "unknown" : kindOf(weights)}`,
      'Supported weights: "uniform" and "distance".',
    );
  }
  return ({ count, distances }) => {
    const all = Float64Array.from({ length: count }, (_, at) => 1 / distances[at]!);
    return all.includes(Number.POSITIVE_INFINITY) ? all.map((weight) => (Number.isFinite(weight) ? 0 : 1)) : all;
  };
}
