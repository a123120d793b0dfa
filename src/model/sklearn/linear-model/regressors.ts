// Linear regressors: a dot product and an intercept for each output.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { columnCountOf } from "../../estimator/column-counts.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { readLinearRegressor } from "../../estimator/linear-models.js";

const module = "sklearn.linear_model";

/** The modules of a file of sklearn.linear_model; up to 0.21 it had no underscore. */
function fileOf(name: string): readonly string[] {
  return [`${module}._${name}`, `${module}.${name}`];
}

const base = fileOf("base");
const ridge = fileOf("ridge");
const descent = fileOf("coordinate_descent");
const angle = fileOf("least_angle");
const pursuit = fileOf("omp");

function regressor(name: string, paths: readonly string[], ...parameters: readonly string[]): EstimatorClass {
  return { name, paths, read: (attributes) => readLinearRegressor(attributes, parameters) };
}

export const linearClasses: readonly EstimatorClass[] = [
  regressor("LinearRegression", base, "fit_intercept"),
  regressor("Ridge", ridge, "alpha"),
  regressor("RidgeCV", ridge, "alpha_"),
  regressor("Lasso", descent, "alpha"),
  regressor("LassoCV", descent, "alpha_"),
  regressor("ElasticNet", descent, "alpha", "l1_ratio"),
  regressor("ElasticNetCV", descent, "alpha_", "l1_ratio_"),
  regressor("MultiTaskLasso", descent, "alpha"),
  regressor("MultiTaskLassoCV", descent, "alpha_"),
  regressor("MultiTaskElasticNet", descent, "alpha", "l1_ratio"),
  regressor("MultiTaskElasticNetCV", descent, "alpha_", "l1_ratio_"),
  regressor("Lars", angle, "fit_intercept"),
  regressor("LarsCV", angle, "alpha_"),
  regressor("LassoLars", angle, "alpha"),
  regressor("LassoLarsCV", angle, "alpha_"),
  regressor("LassoLarsIC", angle, "alpha_", "criterion"),
  regressor("OrthogonalMatchingPursuit", pursuit, "n_nonzero_coefs_"),
  regressor("OrthogonalMatchingPursuitCV", pursuit, "n_nonzero_coefs_"),
  regressor("HuberRegressor", fileOf("huber"), "epsilon", "alpha"),
  regressor("TheilSenRegressor", fileOf("theil_sen")),
  regressor("QuantileRegressor", fileOf("quantile"), "quantile", "alpha"),
  regressor("SGDRegressor", fileOf("stochastic_gradient"), "loss", "penalty", "alpha"),
  regressor("PassiveAggressiveRegressor", fileOf("passive_aggressive"), "C", "loss"),
  { name: "RANSACRegressor", paths: fileOf("ransac"), read: readRansac },
];

/** It predicts with its inner estimator, which was fitted on the inliers. */
function readRansac(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const estimator = readSubEstimator(attributes.get("estimator_"), "the estimator of a RANSACRegressor");
  const predict = estimator.methods.get("predict");
  if (!predict) throw attributes.inconsistent(`its estimator, a ${estimator.type}, does not predict`);
  return {
    inputs: numberInputs(attributes, columnCountOf(attributes, estimator.inputs), false),
    methods: new Map([["predict", predict]]),
    parameters: { estimator: estimator.type.split(".").at(-1)!, ...estimator.parameters },
  };
}
