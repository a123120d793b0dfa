// What linear and probabilistic estimators hold besides arrays: losses and links, kept and never looked into; kernels and helpers, read by their owners.

import { type GlobalRow, instance } from "../pickle/allow-list.js";

function objects(modules: readonly string[], ...names: readonly string[]): readonly GlobalRow[] {
  return names.map((name) => ({ modules, name, call: instance }));
}

export const linearParts: readonly GlobalRow[] = [
  ...objects(
    ["sklearn.linear_model._sgd_fast", "sklearn.linear_model.sgd_fast", "_sgd_fast"],
    "EpsilonInsensitive",
    "Hinge",
    "Huber",
    "Log",
    "ModifiedHuber",
    "SquaredEpsilonInsensitive",
    "SquaredHinge",
    "SquaredLoss",
  ),
  // Generalised linear models up to 1.0.
  ...objects(["sklearn.linear_model._glm.link"], "IdentityLink", "LogLink", "LogitLink"),
  ...objects(
    ["sklearn._loss.glm_distribution"],
    "DistributionBoundary",
    "GammaDistribution",
    "InverseGaussianDistribution",
    "NormalDistribution",
    "PoissonDistribution",
    "TweedieDistribution",
  ),
  ...objects(["sklearn.neural_network._stochastic_optimizers"], "AdamOptimizer", "BaseOptimizer", "SGDOptimizer"),
  ...objects(
    ["sklearn.gaussian_process.kernels"],
    "CompoundKernel",
    "ConstantKernel",
    "DotProduct",
    "Exponentiation",
    "ExpSineSquared",
    "Hyperparameter",
    "Matern",
    "PairwiseKernel",
    "Product",
    "RationalQuadratic",
    "RBF",
    "Sum",
    "WhiteKernel",
  ),
  ...objects(
    ["sklearn.gaussian_process._gpc", "sklearn.gaussian_process.gpc"],
    "_BinaryGaussianProcessClassifierLaplace",
  ),
  ...objects(["sklearn.multiclass"], "OneVsOneClassifier", "OneVsRestClassifier", "_ConstantPredictor"),
];
