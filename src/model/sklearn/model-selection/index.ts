import { delegateClass, passedMethods } from "../../estimator/delegate.js";
import { type Family, inertNames, inertObjects } from "../../estimator/family.js";
import { thresholdClasses } from "./classification-threshold.js";

export const family: Family = {
  module: "sklearn.model_selection",
  classes: [
    delegateClass("GridSearchCV", "sklearn.model_selection._search", passedMethods, "best_estimator_"),
    delegateClass("RandomizedSearchCV", "sklearn.model_selection._search", passedMethods, "best_estimator_"),
    delegateClass(
      "HalvingGridSearchCV",
      "sklearn.model_selection._search_successive_halving",
      passedMethods,
      "best_estimator_",
    ),
    delegateClass(
      "HalvingRandomSearchCV",
      "sklearn.model_selection._search_successive_halving",
      passedMethods,
      "best_estimator_",
    ),
    ...thresholdClasses,
  ],
  inertClasses: [
    // 0.24.
    ...inertNames(["sklearn.model_selection._search_successive_halving"], "_refit_callable"),
    ...inertObjects(
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
    ...inertObjects(["sklearn.model_selection._search"], "ParameterGrid", "ParameterSampler"),
    // 1.5; later it is in sklearn.metrics.
    ...inertObjects(["sklearn.model_selection._classification_threshold"], "_CurveScorer"),
  ],
};
