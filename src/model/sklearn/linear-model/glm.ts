// Generalized linear models: a linear predictor and the inverse of its link.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { numberOfScore, readLinear } from "../../estimator/linear-scores.js";
import { exp } from "../../math/exp.js";

const paths = ["sklearn.linear_model._glm.glm"];

export const glmClasses: readonly EstimatorClass[] = [
  { name: "PoissonRegressor", paths, read: (attributes) => readGlm(attributes, true) },
  { name: "GammaRegressor", paths, read: (attributes) => readGlm(attributes, true) },
  { name: "TweedieRegressor", paths, read: (attributes) => readGlm(attributes, hasLogLink(attributes)) },
];

/** link="auto" is the identity for a normal distribution (power 0), and for any power below. */
function hasLogLink(attributes: EstimatorAttributes): boolean {
  const link = attributes.get("link");
  if (link === "log" || link === "identity") return link === "log";
  if (link !== undefined && link !== "auto") throw attributes.expected('"auto", "identity" or "log"', ["link"], link);
  return attributes.number("power") > 0;
}

function readGlm(attributes: EstimatorAttributes, logLink: boolean): EstimatorDefinition {
  const linear = readLinear(attributes);
  if (linear.outputs !== 1) throw attributes.inconsistent(`it has ${linear.outputs} rows of coefficients`);
  return {
    inputs: numberInputs(attributes, linear.features, false),
    methods: new Map([["predict", numberOfScore(linear, logLink ? exp : undefined)]]),
    parameters: attributes.parameters("alpha", "power", "link"),
  };
}
