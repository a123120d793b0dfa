// The rows of trees, of ensembles, and of estimators that hold other estimators.

import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { adaBoostClasses } from "./ensemble/ada-boost.js";
import { baggingClasses } from "./ensemble/bagging.js";
import { gradientBoostingClasses } from "./ensemble/gradient-boosting.js";
import { histGradientBoostingClasses } from "./ensemble/hist-gradient-boosting.js";
import { isolationForestClass } from "./ensemble/isolation-forest.js";
import { randomTreesEmbeddingClass } from "./ensemble/random-trees-embedding.js";
import { stackingClasses } from "./ensemble/stacking.js";
import { forestClasses, treeClasses } from "./ensemble/trees.js";
import { votingClasses } from "./ensemble/voting.js";
import type { EstimatorClass } from "./estimator.js";
import { calibratedClass, calibrationParts } from "./meta/calibrated.js";
import { multiOutputClasses } from "./meta/multi-output.js";
import { constantPredictor, oneAgainstClasses } from "./meta/one-against.js";
import { searchClasses } from "./meta/searches.js";
import { thresholdClasses } from "./meta/thresholds.js";
import { transformedTargetClass } from "./meta/transformed-target.js";

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
