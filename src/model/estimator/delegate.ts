// Estimators that return what the estimator inside them returns: searches over parameters, FrozenEstimator,
// SelfTrainingClassifier.

import type { EstimatorAttributes } from "./attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "./estimator.js";
import { withNamesOf } from "./inputs.js";

/** A class of such estimators. @param names where the inner estimator is, the newest name first */
export function delegateClass(name: string, path: string, ...names: readonly string[]): EstimatorClass {
  return {
    name,
    paths: [path],
    read: (attributes, readSubEstimator) => readDelegate(attributes, readSubEstimator, names),
  };
}

function readDelegate(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  names: readonly string[],
): EstimatorDefinition {
  const value = attributes.get(...names);
  if (value === undefined && names.includes("best_estimator_")) {
    throw attributes.unsupported(
      "it has no best_estimator_",
      "Fit the search with refit=True and save it again, or save the estimator that it found.",
    );
  }
  const part = readSubEstimator(value, `${names[0]} of ${attributes.type}`);
  return {
    ...part,
    inputs: withNamesOf(attributes, part.inputs),
    parameters: { estimator: part.type, ...part.parameters },
  };
}
