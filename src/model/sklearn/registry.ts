// The classes of scikit-learn that are read. A new family is a file that exports its rows, and one line here.

import { lightgbmClasses, lightgbmParts } from "../lightgbm/wrappers.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { xgboostClasses, xgboostParts } from "../xgboost/wrappers.js";
import { crossDecompositionClasses } from "./cross-decomposition.js";
import { discriminantClasses } from "./discriminant.js";
import { dummyClasses } from "./dummy.js";
import { ensembleClasses, ensembleParts } from "./ensembles.js";
import type { EstimatorClass } from "./estimator.js";
import { gaussianProcessClassifierClass } from "./gaussian-process/classifier.js";
import { gaussianProcessRegressorClass } from "./gaussian-process/regressor.js";
import { geometryClasses, geometryParts } from "./geometry.js";
import { glmClasses } from "./glm.js";
import { isotonicClass } from "./isotonic.js";
import { kernelRidgeClass } from "./kernel-ridge.js";
import { labelEncoderClass } from "./label-encoder.js";
import { linearClasses } from "./linear.js";
import { linearClassifierClasses } from "./linear-classifiers.js";
import { linearParts } from "./linear-parts.js";
import { logisticClasses } from "./logistic.js";
import { mixtureClasses } from "./mixture.js";
import { mlpClasses } from "./mlp.js";
import { naiveBayesClasses } from "./naive-bayes.js";
import { opaqueParts } from "./opaque-parts.js";
import { pipelineClass } from "./pipeline.js";
import { scalerClasses } from "./scalers.js";
import { svmClasses } from "./svm.js";
import { transformerClasses, transformerParts } from "./transformers.js";

export const estimatorClasses: readonly EstimatorClass[] = [
  ...xgboostClasses,
  ...lightgbmClasses,
  pipelineClass,
  ...svmClasses,
  ...linearClasses,
  ...logisticClasses,
  ...linearClassifierClasses,
  gaussianProcessClassifierClass,
  gaussianProcessRegressorClass,
  ...crossDecompositionClasses,
  isotonicClass,
  kernelRidgeClass,
  ...dummyClasses,
  ...naiveBayesClasses,
  ...mlpClasses,
  ...mixtureClasses,
  ...discriminantClasses,
  ...glmClasses,
  ...ensembleClasses,
  ...scalerClasses,
  labelEncoderClass,
  ...transformerClasses,
  ...geometryClasses,
];

/** Objects within estimators that are no estimators: read by their owners, or kept and never looked into. */
const parts: readonly GlobalRow[] = [
  ...xgboostParts,
  ...lightgbmParts,
  ...ensembleParts,
  ...opaqueParts,
  ...geometryParts,
  ...linearParts,
];

export const sklearnGlobals: readonly GlobalRow[] = [
  ...estimatorClasses.map(({ name, paths }) => ({ modules: paths, name, call: instance })),
  ...parts,
  ...transformerParts,
];

const byPath = new Map(
  estimatorClasses.flatMap((row) => row.paths.map((path): [string, EstimatorClass] => [`${path} ${row.name}`, row])),
);

export function findEstimatorClass(module: string, name: string): EstimatorClass | undefined {
  return byPath.get(`${module} ${name}`);
}
