// What fitted estimators hold and predictions never look into: losses, scorers, splitters, distributions. Built as plain data, or kept as names.

import { type GlobalRow, instance } from "../pickle/allow-list.js";

function objects(modules: readonly string[], ...names: readonly string[]): readonly GlobalRow[] {
  return names.map((name) => ({ modules, name, call: instance }));
}

/** Functions and classes that a file names and never calls. */
function names(module: string, ...functions: readonly string[]): readonly GlobalRow[] {
  return functions.map((name) => ({ modules: [module], name }));
}

const cythonLosses = [
  "AbsoluteError",
  "ExponentialLoss",
  "HalfBinomialLoss",
  "HalfGammaLoss",
  "HalfMultinomialLoss",
  "HalfPoissonLoss",
  "HalfSquaredError",
  "HalfTweedieLoss",
  "HalfTweedieLossIdentity",
  "HuberLoss",
  "PinballLoss",
];

/** Some wheels (1.5.2, 1.6.1, 1.8.0) name the module of the compiled losses without its package. */
const compiled = ["sklearn._loss._loss", "_loss"];

const losses: readonly GlobalRow[] = [
  ...objects(compiled, ...cythonLosses.flatMap((name) => [`Cy${name}`, `__pyx_unpickle_Cy${name}`])),
  ...objects(["sklearn._loss.loss"], ...cythonLosses),
  ...objects(
    ["sklearn._loss.link"],
    "HalfLogitLink",
    "IdentityLink",
    "Interval",
    "LogLink",
    "LogitLink",
    "MultinomialLogit",
  ),
  // Gradient boosting up to 1.3.
  ...objects(
    ["sklearn.ensemble._gb_losses", "sklearn.ensemble.gradient_boosting"],
    "BinomialDeviance",
    "ExponentialLoss",
    "HuberLossFunction",
    "LeastAbsoluteError",
    "LeastSquaresError",
    "MultinomialDeviance",
    "QuantileLossFunction",
  ),
  // What gradient boosting began with up to 0.20.
  ...objects(
    ["sklearn.ensemble.gradient_boosting"],
    "LogOddsEstimator",
    "MeanEstimator",
    "PriorProbabilityEstimator",
    "QuantileEstimator",
    "ScaledLogOddsEstimator",
    "ZeroEstimator",
  ),
  // Histogram gradient boosting up to 1.0.
  ...objects(
    ["sklearn.ensemble._hist_gradient_boosting.loss"],
    "BinaryCrossEntropy",
    "CategoricalCrossEntropy",
    "LeastAbsoluteDeviation",
    "LeastSquares",
    "Poisson",
  ),
];

const searches: readonly GlobalRow[] = [
  ...objects(
    ["sklearn.model_selection._split"],
    "GroupKFold",
    "GroupShuffleSplit",
    "KFold",
    "LeaveOneGroupOut",
    "LeaveOneOut",
    "LeavePGroupsOut",
    "LeavePOut",
    "PredefinedSplit",
    "RepeatedKFold",
    "RepeatedStratifiedKFold",
    "ShuffleSplit",
    "StratifiedGroupKFold",
    "StratifiedKFold",
    "StratifiedShuffleSplit",
    "TimeSeriesSplit",
    "_CVIterableWrapper",
    "_YieldsSpecificSplit",
  ),
  ...objects(
    ["sklearn.metrics._scorer", "sklearn.metrics.scorer", "sklearn.model_selection._classification_threshold"],
    "_CurveScorer",
    "_MultimetricScorer",
    "_PassthroughScorer",
    "_PredictScorer",
    "_ProbaScorer",
    "_Scorer",
    "_ThresholdScorer",
  ),
  ...names("sklearn.metrics._scorer", "_passthrough_scorer"),
  ...names("sklearn.metrics.scorer", "_passthrough_scorer"),
  ...objects(
    ["sklearn.utils._metadata_requests"],
    "MetadataRequest",
    "MethodMetadataRequest",
    "MetadataRouter",
    "MethodMapping",
    "MethodPair",
    "RouterMappingPair",
  ),
  ...objects(["sklearn.utils", "sklearn.utils._bunch"], "Bunch"),
  ...objects(["numpy.ma.core", "numpy.ma"], "MaskedArray", "_mareconstruct"),
  ...objects(["sklearn.model_selection._search"], "ParameterGrid", "ParameterSampler"),
];

/** Metrics by module: what a scorer names. */
const metrics: readonly GlobalRow[] = [
  ...["sklearn.metrics._classification", "sklearn.metrics.classification"].flatMap((module) =>
    names(
      module,
      "accuracy_score",
      "balanced_accuracy_score",
      "brier_score_loss",
      "class_likelihood_ratios",
      "cohen_kappa_score",
      "d2_brier_score",
      "d2_log_loss_score",
      "f1_score",
      "fbeta_score",
      "hamming_loss",
      "jaccard_score",
      "log_loss",
      "matthews_corrcoef",
      "negative_likelihood_ratio",
      "positive_likelihood_ratio",
      "precision_score",
      "recall_score",
      "zero_one_loss",
    ),
  ),
  ...["sklearn.metrics._ranking", "sklearn.metrics.ranking"].flatMap((module) =>
    names(
      module,
      "average_precision_score",
      "dcg_score",
      "label_ranking_average_precision_score",
      "ndcg_score",
      "roc_auc_score",
      "top_k_accuracy_score",
    ),
  ),
  ...["sklearn.metrics._regression", "sklearn.metrics.regression"].flatMap((module) =>
    names(
      module,
      "d2_absolute_error_score",
      "d2_pinball_score",
      "d2_tweedie_score",
      "explained_variance_score",
      "max_error",
      "mean_absolute_error",
      "mean_absolute_percentage_error",
      "mean_gamma_deviance",
      "mean_pinball_loss",
      "mean_poisson_deviance",
      "mean_squared_error",
      "mean_squared_log_error",
      "mean_tweedie_deviance",
      "median_absolute_error",
      "r2_score",
      "root_mean_squared_error",
      "root_mean_squared_log_error",
    ),
  ),
  ...names(
    "sklearn.metrics.cluster._supervised",
    "adjusted_mutual_info_score",
    "adjusted_rand_score",
    "completeness_score",
    "fowlkes_mallows_score",
    "homogeneity_score",
    "mutual_info_score",
    "normalized_mutual_info_score",
    "rand_score",
    "v_measure_score",
  ),
];

/** What RandomizedSearchCV drew its parameters from. */
const distributions: readonly GlobalRow[] = [
  ...objects(["scipy.stats._distn_infrastructure"], "rv_continuous_frozen", "rv_discrete_frozen", "rv_frozen"),
  ...objects(
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
  ...objects(
    ["scipy.stats._discrete_distns"],
    "bernoulli_gen",
    "binom_gen",
    "geom_gen",
    "nbinom_gen",
    "poisson_gen",
    "randint_gen",
  ),
];

/** Histogram gradient boosting keeps its bins, its trees, and how its input was checked. */
const histogramParts: readonly GlobalRow[] = [
  ...objects(["sklearn.ensemble._hist_gradient_boosting.binning"], "_BinMapper"),
  ...objects(["sklearn.ensemble._hist_gradient_boosting.predictor"], "TreePredictor"),
  ...objects(["functools"], "partial"),
  ...names("sklearn.utils.validation", "check_array"),
];

export const opaqueParts: readonly GlobalRow[] = [
  ...histogramParts,
  ...losses,
  ...searches,
  ...metrics,
  ...distributions,
];
