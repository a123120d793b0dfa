// The table of families. To register a new module of scikit-learn: export its family from sklearn/<module>/index.ts and
// add a row here. To register a new estimator of a module that is here: add a row to the `classes` of its index.ts.

import type { Family } from "../estimator/family.js";
import { family as pipeline } from "../sklearn/pipeline/index.js";
import { family as svm } from "../sklearn/svm/index.js";

export type LoadFamily = () => Promise<{ readonly family: Family }>;

/**
 * By module: what loads the family that a name of a file belongs to. Families are loaded when a file first names them,
 * because the start of a function should not pay for estimators that its model does not contain. Two small ones are in
 * nearly every file: they are loaded with the program.
 */
export const families: ReadonlyMap<string, LoadFamily> = new Map<string, LoadFamily>([
  ["sklearn._loss", () => import("../sklearn/loss/index.js")],
  ["sklearn.calibration", () => import("../sklearn/calibration/index.js")],
  ["sklearn.cluster", () => import("../sklearn/cluster/index.js")],
  ["sklearn.compose", () => import("../sklearn/compose/index.js")],
  ["sklearn.covariance", () => import("../sklearn/covariance/index.js")],
  ["sklearn.cross_decomposition", () => import("../sklearn/cross-decomposition/index.js")],
  ["sklearn.decomposition", () => import("../sklearn/decomposition/index.js")],
  ["sklearn.discriminant_analysis", () => import("../sklearn/discriminant-analysis/index.js")],
  ["sklearn.dummy", () => import("../sklearn/dummy/index.js")],
  ["sklearn.ensemble", () => import("../sklearn/ensemble/index.js")],
  ["sklearn.feature_extraction", () => import("../sklearn/feature-extraction/index.js")],
  ["sklearn.feature_selection", () => import("../sklearn/feature-selection/index.js")],
  ["sklearn.frozen", () => import("../sklearn/frozen/index.js")],
  ["sklearn.gaussian_process", () => import("../sklearn/gaussian-process/index.js")],
  ["sklearn.impute", () => import("../sklearn/impute/index.js")],
  ["sklearn.isotonic", () => import("../sklearn/isotonic/index.js")],
  ["sklearn.kernel_approximation", () => import("../sklearn/kernel-approximation/index.js")],
  ["sklearn.kernel_ridge", () => import("../sklearn/kernel-ridge/index.js")],
  ["sklearn.linear_model", () => import("../sklearn/linear-model/index.js")],
  ["sklearn.manifold", () => import("../sklearn/manifold/index.js")],
  ["sklearn.metrics", () => import("../sklearn/metrics/index.js")],
  ["sklearn.mixture", () => import("../sklearn/mixture/index.js")],
  ["sklearn.model_selection", () => import("../sklearn/model-selection/index.js")],
  ["sklearn.multiclass", () => import("../sklearn/multiclass/index.js")],
  ["sklearn.multioutput", () => import("../sklearn/multioutput/index.js")],
  ["sklearn.naive_bayes", () => import("../sklearn/naive-bayes/index.js")],
  ["sklearn.neighbors", () => import("../sklearn/neighbors/index.js")],
  ["sklearn.neural_network", () => import("../sklearn/neural-network/index.js")],
  ["sklearn.pipeline", async () => ({ family: pipeline })],
  ["sklearn.preprocessing", () => import("../sklearn/preprocessing/index.js")],
  ["sklearn.random_projection", () => import("../sklearn/random-projection/index.js")],
  ["sklearn.semi_supervised", () => import("../sklearn/semi-supervised/index.js")],
  ["sklearn.svm", async () => ({ family: svm })],
  ["sklearn.tree", () => import("../sklearn/tree/index.js")],
  ["sklearn.utils", () => import("../sklearn/utils/index.js")],
  ["xgboost", () => import("../xgboost/index.js")],
  ["lightgbm", () => import("../lightgbm/index.js")],
  ["catboost", () => import("../catboost/index.js")],
  ["imblearn", () => import("../imblearn/index.js")],
  ["feature_engine", () => import("../feature-engine/index.js")],
  ["mlxtend", () => import("../mlxtend/index.js")],
  ["category_encoders", () => import("../category-encoders/index.js")],
  ["sklearn_pandas", () => import("../sklearn-pandas/index.js")],
  ["skopt", () => import("../skopt/index.js")],
  ["scipy", () => import("../scipy/index.js")],
  ["pandas", () => import("../pandas/index.js")],
  // Imputer, before scikit-learn 0.22.
  ["sklearn.preprocessing.imputation", () => import("../sklearn/impute/index.js")],
  // Some wheels name compiled modules without their package.
  ["_loss", () => import("../sklearn/loss/index.js")],
  ["_sgd_fast", () => import("../sklearn/linear-model/index.js")],
]);

/** Names of more than this many components begin with the name of a family, or belong to none. */
const componentsMax = 3;

/**
 * What loads the family of a module as files name it, private or of an old version: the row of its longest beginning.
 * "sklearn.svm._classes" and "sklearn.svm.classes" belong to "sklearn.svm".
 */
export function findFamily(module: string): LoadFamily | undefined {
  const components = module.split(".", componentsMax);
  for (let length = components.length; length > 0; length--) {
    const load = families.get(components.slice(0, length).join("."));
    if (load) return load;
  }
  return undefined;
}
