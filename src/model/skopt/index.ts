// scikit-optimize: BayesSearchCV returns what the estimator that it found returns. What the search learned about its
// parameters is kept as plain data.

import { delegateClass, passedMethods } from "../estimator/delegate.js";
import { type Family, inertObjects } from "../estimator/family.js";

export const family: Family = {
  module: "skopt",
  classes: [delegateClass("BayesSearchCV", "skopt.searchcv", passedMethods, "best_estimator_")],
  inertClasses: [
    ...inertObjects(["skopt.space.space"], "Categorical", "Integer", "Real", "Space", "_Ellipsis"),
    ...inertObjects(
      ["skopt.space.transformers"],
      "CategoricalEncoder",
      "Identity",
      "LabelEncoder",
      "LogN",
      "Normalize",
      "Pipeline",
      "StringEncoder",
      "ToInteger",
    ),
    ...inertObjects(["skopt.learning.gaussian_process.gpr"], "GaussianProcessRegressor"),
    ...inertObjects(
      ["skopt.learning.gaussian_process.kernels"],
      "ConstantKernel",
      "DotProduct",
      "ExpSineSquared",
      "Exponentiation",
      "HammingKernel",
      "Matern",
      "Product",
      "RBF",
      "RationalQuadratic",
      "Sum",
      "WhiteKernel",
    ),
    ...inertObjects(["skopt.learning.forest"], "ExtraTreesRegressor", "RandomForestRegressor"),
    ...inertObjects(["skopt.learning.gbrt"], "GradientBoostingQuantileRegressor"),
    ...inertObjects(["skopt.optimizer.optimizer"], "Optimizer"),
    ...inertObjects(
      [
        "skopt.sampler.grid",
        "skopt.sampler.halton",
        "skopt.sampler.hammersly",
        "skopt.sampler.lhs",
        "skopt.sampler.sobol",
      ],
      "Grid",
      "Halton",
      "Hammersly",
      "Lhs",
      "Sobol",
    ),
  ],
};
