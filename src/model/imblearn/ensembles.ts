// The ensembles of imbalanced-learn: scikit-learn's, whose estimators were fitted on balanced samples. They predict as
// their base classes do.

import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass } from "../estimator/estimator.js";
import { Instance, Tuple, type Value } from "../pickle/values.js";
import { readAdaBoostClassifier, readBaggingClassifier, readForestClassifier } from "../sklearn/ensemble/index.js";

type Read = EstimatorClass["read"];

function ensembleClass(name: string, part: string, read: Read): EstimatorClass {
  return {
    name,
    module: "imblearn.ensemble",
    // Until 0.5 without the underscore.
    paths: [`imblearn.ensemble._${part}`, `imblearn.ensemble.${part}`],
    read(attributes, readSubEstimator) {
      const versioned = withVersion(attributes);
      const { version } = versioned;
      return { ...read(versioned, readSubEstimator), ...(version !== undefined && { version }) };
    },
  };
}

export const ensembleClasses: readonly EstimatorClass[] = [
  ensembleClass("BalancedRandomForestClassifier", "forest", readForestClassifier),
  ensembleClass("BalancedBaggingClassifier", "bagging", readBaggingClassifier),
  ensembleClass("EasyEnsembleClassifier", "easy_ensemble", readBaggingClassifier),
  ensembleClass("RUSBoostClassifier", "weight_boosting", readAdaBoostClassifier),
];

/** With the version of the first estimator, which scikit-learn records. */
function withVersion(attributes: EstimatorAttributes): EstimatorAttributes {
  const [first] = attributes.items("estimators_", "a list of estimators");
  const classifier = first instanceof Instance ? lastStepOf(first) : undefined;
  return classifier ? attributes.withVersionOf(classifier) : attributes;
}

/** The classifier of a Pipeline of a sampler and a classifier. */
function lastStepOf(part: Instance): Instance {
  const steps: Value | undefined = part.attributes.get("steps");
  const last = Array.isArray(steps) ? steps.at(-1) : undefined;
  const classifier = last instanceof Tuple ? last.items[1] : undefined;
  return classifier instanceof Instance ? classifier : part;
}
