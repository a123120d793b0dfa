// The classes of scikit-learn, XGBoost and LightGBM that are read. A new family is a file that exports its rows, and one place here.
//
// Most families are loaded when a file names one of their classes: the start of a function should not pay for those that its model is not of.

import type { EstimatorClass } from "../estimator/estimator.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { pipelineClass } from "../sklearn/pipeline/pipeline.js";
import { labelEncoderClass } from "../sklearn/preprocessing/label-encoder.js";
import { scalerClasses } from "../sklearn/preprocessing/scalers.js";
import { svmClasses } from "../sklearn/svm/svm.js";
import { opaqueParts } from "./opaque-parts.js";

interface Family {
  readonly classes: readonly EstimatorClass[];
  /** Objects within estimators that are no estimators: read by their owners, or kept and never looked into. */
  readonly parts: readonly GlobalRow[];
}

interface LoadedLater {
  /** Modules of which a file with such an estimator names one. A family that none of them leads to is found all the same, after the others. */
  readonly modules: RegExp;
  readonly load: () => Promise<Family>;
}

const first: Family = {
  classes: [pipelineClass, ...svmClasses, ...scalerClasses, labelEncoderClass],
  parts: opaqueParts,
};

const later: readonly LoadedLater[] = [
  {
    modules: /^sklearn\.(linear_model|_loss|isotonic)\b/,
    async load() {
      const [linear, logistic, classifiers, glm, { isotonicClass }, { linearParts }] = await Promise.all([
        import("../sklearn/linear-model/regressors.js"),
        import("../sklearn/linear-model/logistic.js"),
        import("../sklearn/linear-model/classifiers.js"),
        import("../sklearn/linear-model/glm.js"),
        import("../sklearn/isotonic/isotonic.js"),
        import("./linear-parts.js"),
      ]);
      const { linearClassifierClasses } = classifiers;
      return {
        classes: [
          ...[...linear.linearClasses, ...logistic.logisticClasses, ...linearClassifierClasses],
          ...[...glm.glmClasses, isotonicClass],
        ],
        parts: linearParts,
      };
    },
  },
  {
    modules: /^sklearn\.(tree|ensemble|calibration|multiclass|multioutput|model_selection)\b/,
    async load() {
      const { ensembleClasses, ensembleParts } = await import("./ensembles.js");
      return { classes: ensembleClasses, parts: ensembleParts };
    },
  },
  {
    modules: /^sklearn\.(compose|preprocessing|impute|feature_extraction|feature_selection)\b/,
    async load() {
      const { transformerClasses, transformerParts } = await import("./transformers.js");
      return { classes: transformerClasses, parts: transformerParts };
    },
  },
  {
    modules: /^sklearn\.(neighbors|cluster|decomposition|covariance)\b/,
    async load() {
      const { geometryClasses, geometryParts } = await import("./geometry.js");
      return { classes: geometryClasses, parts: geometryParts };
    },
  },
  {
    modules: /^sklearn\.(dummy|naive_bayes|neural_network|mixture|discriminant_analysis)\b/,
    async load() {
      const [dummy, bayes, mlp, mixture, discriminant] = await Promise.all([
        import("../sklearn/dummy/dummy.js"),
        import("../sklearn/naive-bayes/naive-bayes.js"),
        import("../sklearn/neural-network/mlp.js"),
        import("../sklearn/mixture/mixture.js"),
        import("../sklearn/discriminant-analysis/discriminant-analysis.js"),
      ]);
      return {
        classes: [
          ...[...dummy.dummyClasses, ...bayes.naiveBayesClasses, ...mlp.mlpClasses],
          ...[...mixture.mixtureClasses, ...discriminant.discriminantClasses],
        ],
        parts: [],
      };
    },
  },
  {
    modules: /^sklearn\.(gaussian_process|cross_decomposition|kernel_ridge)\b/,
    async load() {
      const [classifier, regressor, cross, { kernelRidgeClass }] = await Promise.all([
        import("../sklearn/gaussian-process/classifier.js"),
        import("../sklearn/gaussian-process/regressor.js"),
        import("../sklearn/cross-decomposition/partial-least-squares.js"),
        import("../sklearn/kernel-ridge/kernel-ridge.js"),
      ]);
      const gaussian = [classifier.gaussianProcessClassifierClass, regressor.gaussianProcessRegressorClass];
      return { classes: [...gaussian, ...cross.crossDecompositionClasses, kernelRidgeClass], parts: [] };
    },
  },
  {
    modules: /^xgboost\b/,
    async load() {
      const { xgboostClasses, xgboostParts } = await import("../xgboost/wrappers.js");
      return { classes: xgboostClasses, parts: xgboostParts };
    },
  },
  {
    modules: /^lightgbm\b/,
    async load() {
      const { lightgbmClasses, lightgbmParts } = await import("../lightgbm/wrappers.js");
      return { classes: lightgbmClasses, parts: lightgbmParts };
    },
  },
];

const byPath = new Map<string, EstimatorClass>();
const loading = new Map<LoadedLater, Promise<readonly GlobalRow[]>>();

/** The names of the family that is always there. */
export const firstGlobals: readonly GlobalRow[] = enter(first);

/** Loads the families that these modules belong to. @returns the names that files may give them */
export async function loadFamiliesOf(modules: readonly string[]): Promise<readonly GlobalRow[]> {
  return load(later.filter((family) => modules.some((module) => family.modules.test(module))));
}

/** Loads all families. @returns the names that files may give them */
export async function loadAllFamilies(): Promise<readonly GlobalRow[]> {
  return load(later);
}

async function load(families: readonly LoadedLater[]): Promise<readonly GlobalRow[]> {
  for (const family of families) {
    if (!loading.has(family)) loading.set(family, family.load().then(enter));
  }
  const globals = await Promise.all(families.map((family) => loading.get(family)!));
  return globals.flat();
}

function enter({ classes, parts }: Family): readonly GlobalRow[] {
  for (const row of classes) for (const path of row.paths) byPath.set(`${path} ${row.name}`, row);
  return [...classes.map(({ name, paths }) => ({ modules: paths, name, call: instance })), ...parts];
}

/** A class of a loaded family, by the name that files give it. */
export function findEstimatorClass(module: string, name: string): EstimatorClass | undefined {
  return byPath.get(`${module} ${name}`);
}

/** The classes of all loaded families. */
export function loadedClasses(): readonly EstimatorClass[] {
  return [...new Set(byPath.values())];
}
