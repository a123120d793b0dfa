// Globals of scipy besides its sparse matrices.

import { type Family, inertNames, inertObjects } from "../estimator/family.js";

export const family: Family = {
  module: "scipy",
  classes: [],
  inertClasses: [
    ...inertObjects(["scipy.interpolate._bsplines"], "BSpline", "_BSpline"),
    ...inertNames(
      ["scipy._lib.array_api_compat.numpy._aliases", "scipy._external.array_api_compat.numpy._aliases"],
      "asarray",
    ),
    // The result of a search of scikit-optimize.
    ...inertObjects(["scipy.optimize._optimize", "scipy.optimize.optimize"], "OptimizeResult"),
    // What RandomizedSearchCV drew its parameters from.
    ...inertObjects(
      ["scipy.stats._distn_infrastructure"],
      "rv_continuous_frozen",
      "rv_discrete_frozen",
      "rv_frozen",
      "rv_sample",
    ),
    ...inertObjects(
      ["scipy.stats._continuous_distns"],
      "beta_gen",
      "chi2_gen",
      "expon_gen",
      "gamma_gen",
      "halfnorm_gen",
      "invgamma_gen",
      "lognorm_gen",
      "loguniform_gen",
      "norm_gen",
      "pareto_gen",
      "reciprocal_gen",
      "t_gen",
      "triang_gen",
      "truncnorm_gen",
      "uniform_gen",
    ),
    ...inertObjects(
      ["scipy.stats._discrete_distns"],
      "bernoulli_gen",
      "binom_gen",
      "geom_gen",
      "nbinom_gen",
      "poisson_gen",
      "randint_gen",
    ),
  ],
};
