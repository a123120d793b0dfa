// The rows of trees, of ensembles, and of estimators that hold other estimators.

import type { EstimatorClass } from "../estimator/estimator.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { calibratedClass, calibrationParts } from "../sklearn/calibration/calibrated-classifier.js";
import { transformedTargetClass } from "../sklearn/compose/transformed-target.js";
import { adaBoostClasses } from "../sklearn/ensemble/ada-boost.js";
import { baggingClasses } from "../sklearn/ensemble/bagging.js";
import { gradientBoostingClasses } from "../sklearn/ensemble/gradient-boosting.js";
import { histGradientBoostingClasses } from "../sklearn/ensemble/hist-gradient-boosting.js";
import { isolationForestClass } from "../sklearn/ensemble/isolation-forest.js";
import { randomTreesEmbeddingClass } from "../sklearn/ensemble/random-trees-embedding.js";
import { stackingClasses } from "../sklearn/ensemble/stacking.js";
import { votingClasses } from "../sklearn/ensemble/voting.js";
import { thresholdClasses } from "../sklearn/model-selection/classification-threshold.js";
import { searchClasses } from "../sklearn/model-selection/search.js";
import { constantPredictor, oneAgainstClasses } from "../sklearn/multiclass/multiclass.js";
import { multiOutputClasses } from "../sklearn/multioutput/multioutput.js";
import { forestClasses, treeClasses } from "../sklearn/tree/decision-tree.js";

export const ensembleClasses: readonly EstimatorClass[] = [
  ...treeClasses,
  ...forestClasses,
  ...gradientBoostingClasses,
  ...histGradientBoostingClasses,
  ...adaBoostClasses,
  ...baggingClasses,
  isolationForestClass,
  randomTreesEmbeddingClass,
  ...votingClasses,
  ...stackingClasses,
  ...oneAgainstClasses,
  ...multiOutputClasses,
  calibratedClass,
  ...thresholdClasses,
  ...searchClasses,
  transformedTargetClass,
];

/** Objects within them that are no estimators. */
export const ensembleParts: readonly GlobalRow[] = [
  { modules: ["sklearn.tree._tree"], name: "Tree", call: instance },
  constantPredictor,
  ...calibrationParts,
];
