// Estimators that return what the estimator inside them returns: searches over parameters, FrozenEstimator,
// SelfTrainingClassifier.

import type { EstimatorAttributes } from "./attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadPart } from "./estimator.js";
import { withNamesOf } from "./inputs.js";

/** A class of such estimators. @param attributes where the inner estimator is, the newest name first */
export function delegateClass(name: string, path: string, ...attributes: readonly string[]): EstimatorClass {
  return { name, paths: [path], read: (state, readPart) => readDelegate(state, readPart, attributes) };
}

function readDelegate(
  state: EstimatorAttributes,
  readPart: ReadPart,
  attributes: readonly string[],
): EstimatorDefinition {
  const value = state.get(...attributes);
  if (value === undefined && attributes.includes("best_estimator_")) {
    throw state.unsupported(
      "it has no best_estimator_",
      "Fit the search with refit=True and save it again, or save the estimator that it found.",
    );
  }
  const part = readPart(value, `${attributes[0]} of ${state.type}`);
  return {
    ...part,
    inputs: withNamesOf(state, part.inputs),
    parameters: { estimator: part.type, ...part.parameters },
  };
}
