// Generalised linear models: a linear predictor and the inverse of its link.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { numberOfScore, readLinear } from "../../estimator/linear-scores.js";
import { exp } from "../../math/exp.js";

const paths = ["sklearn.linear_model._glm.glm"];

export const glmClasses: readonly EstimatorClass[] = [
  { name: "PoissonRegressor", paths, read: (state) => readGlm(state, true) },
  { name: "GammaRegressor", paths, read: (state) => readGlm(state, true) },
  { name: "TweedieRegressor", paths, read: (state) => readGlm(state, hasLogLink(state)) },
];

/** link="auto" is the identity for a normal distribution (power 0), and for any power below. */
function hasLogLink(state: EstimatorAttributes): boolean {
  const link = state.get("link");
  if (link === "log" || link === "identity") return link === "log";
  if (link !== undefined && link !== "auto") throw state.expected('"auto", "identity" or "log"', ["link"], link);
  return state.number("power") > 0;
}

function readGlm(state: EstimatorAttributes, logLink: boolean): EstimatorDefinition {
  const linear = readLinear(state);
  if (linear.outputs !== 1) throw state.inconsistent(`it has ${linear.outputs} rows of coefficients`);
  return {
    inputs: numberInputs(state, linear.features, false),
    methods: new Map([["predict", numberOfScore(linear, logLink ? exp : undefined)]]),
    parameters: state.parameters("alpha", "power", "link"),
  };
}
