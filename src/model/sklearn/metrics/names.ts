// What files name of sklearn.metrics: scorers and their metrics, which no prediction needs, and the distances of k-d
// trees and ball trees.

import { inertNames, inertObjects } from "../../estimator/family.js";
import type { GlobalRow } from "../../pickle/allow-list.js";

const scorerModules = ["sklearn.metrics._scorer", "sklearn.metrics.scorer"];

const scorers: readonly GlobalRow[] = [
  ...inertObjects(
    scorerModules,
    "_CurveScorer",
    "_MultimetricScorer",
    "_PassthroughScorer",
    "_PredictScorer",
    "_ProbaScorer",
    "_Scorer",
    "_ThresholdScorer",
  ),
  ...inertNames(scorerModules, "_passthrough_scorer"),
];

const metrics: readonly GlobalRow[] = [
  ...inertNames(
    ["sklearn.metrics._classification", "sklearn.metrics.classification"],
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
  ...inertNames(
    ["sklearn.metrics._ranking", "sklearn.metrics.ranking"],
    "average_precision_score",
    "dcg_score",
    "label_ranking_average_precision_score",
    "ndcg_score",
    "roc_auc_score",
    "top_k_accuracy_score",
  ),
  ...inertNames(
    ["sklearn.metrics._regression", "sklearn.metrics.regression"],
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
  ...inertNames(
    ["sklearn.metrics.cluster._supervised"],
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

const distanceNames = [
  ..."Euclidean SEuclidean Manhattan Chebyshev Minkowski WMinkowski Mahalanobis Hamming Canberra BrayCurtis".split(" "),
  ..."Jaccard Matching Dice Kulsinski RogersTanimoto RussellRao SokalMichener SokalSneath Haversine".split(" "),
];

/**
 * A distance that a Python function defines is not among them. @param modules where a version of scikit-learn keeps
 * them
 */
export function distanceClasses(modules: readonly string[]): readonly GlobalRow[] {
  return inertObjects(
    modules,
    "newObj",
    ...distanceNames.flatMap((name) => ["", "64", "32"].map((width) => `${name}Distance${width}`)),
  );
}

export const metricsNames: readonly GlobalRow[] = [
  ...scorers,
  ...metrics,
  ...distanceClasses(["sklearn.metrics._dist_metrics"]),
];
