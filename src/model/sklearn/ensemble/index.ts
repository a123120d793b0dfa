import { type Family, inertObjects } from "../../estimator/family.js";
import { adaBoostClasses } from "./ada-boost.js";
import { baggingClasses } from "./bagging.js";
import { forestClasses } from "./forest.js";
import { gradientBoostingClasses } from "./gradient-boosting.js";
import { histGradientBoostingClasses } from "./hist-gradient-boosting.js";
import { isolationForestClass } from "./isolation-forest.js";
import { randomTreesEmbeddingClass } from "./random-trees-embedding.js";
import { stackingClasses } from "./stacking.js";
import { votingClasses } from "./voting.js";

export { readAdaBoostClassifier } from "./ada-boost.js";
export { readBaggingClassifier } from "./bagging.js";
export { readForestClassifier } from "./forest.js";
export { hardVotes, softVotes } from "./voting.js";

export const family: Family = {
  module: "sklearn.ensemble",
  classes: [
    ...forestClasses,
    ...gradientBoostingClasses,
    ...histGradientBoostingClasses,
    ...adaBoostClasses,
    ...baggingClasses,
    isolationForestClass,
    randomTreesEmbeddingClass,
    ...votingClasses,
    ...stackingClasses,
  ],
  inertClasses: [
    // Gradient boosting up to 1.3: its losses, and up to 0.20 its initial estimators.
    ...inertObjects(
      ["sklearn.ensemble._gb_losses", "sklearn.ensemble.gradient_boosting"],
      "BinomialDeviance",
      "ExponentialLoss",
      "HuberLossFunction",
      "LeastAbsoluteError",
      "LeastSquaresError",
      "MultinomialDeviance",
      "QuantileLossFunction",
    ),
    ...inertObjects(
      ["sklearn.ensemble.gradient_boosting"],
      "LogOddsEstimator",
      "MeanEstimator",
      "PriorProbabilityEstimator",
      "QuantileEstimator",
      "ScaledLogOddsEstimator",
      "ZeroEstimator",
    ),
    // Histogram gradient boosting: its losses up to 1.0, its bins and its trees.
    ...inertObjects(
      ["sklearn.ensemble._hist_gradient_boosting.loss"],
      "BinaryCrossEntropy",
      "CategoricalCrossEntropy",
      "LeastAbsoluteDeviation",
      "LeastSquares",
      "Poisson",
    ),
    ...inertObjects(["sklearn.ensemble._hist_gradient_boosting.binning"], "_BinMapper"),
    ...inertObjects(["sklearn.ensemble._hist_gradient_boosting.predictor"], "TreePredictor"),
  ],
};
