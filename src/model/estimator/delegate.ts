// Estimators that return what the estimator inside them returns: searches over parameters, FrozenEstimator,
// SelfTrainingClassifier.

import type { ModelMethod } from "../core/create-model.js";
import type { MethodName } from "../core/model.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "./estimator.js";
import { withNamesOf } from "./inputs.js";

/** Methods that searches and SelfTrainingClassifier pass on, where the inner estimator has them. */
export const passedMethods: readonly MethodName[] = [
  "predict",
  "predict_proba",
  "predict_log_proba",
  "decision_function",
  "transform",
  "score_samples",
];

/**
 * A class of such estimators.
 * @param methods those that it passes on; "all" for a class that passes on every attribute
 * @param names where the inner estimator is, the newest name first
 */
export function delegateClass(
  name: string,
  path: string,
  methods: readonly MethodName[] | "all",
  ...names: readonly string[]
): EstimatorClass {
  return {
    name,
    paths: [path],
    read: (attributes, readSubEstimator) => readDelegate(attributes, readSubEstimator, methods, names),
  };
}

function readDelegate(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  passed: readonly MethodName[] | "all",
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
    methods: passed === "all" ? part.methods : methodsThrough(attributes, part, passed),
    inputs: withNamesOf(attributes, part.inputs),
    parameters: { estimator: part.type, ...part.parameters },
  };
}

/**
 * The methods of an inner estimator that the outer one has, too. @throws ModelError "estimator-unsupported" for none
 */
export function methodsThrough(
  attributes: EstimatorAttributes,
  { methods, type }: Estimator,
  passed: readonly MethodName[],
): ReadonlyMap<MethodName, ModelMethod> {
  const both = new Map([...methods].filter(([name]) => passed.includes(name)));
  if (both.size === 0 && methods.size > 0) {
    throw attributes.unsupported(
      `it has no method of ${type} for new rows: ${[...methods.keys()].join(", ")}`,
      `Save the fitted ${type.split(".").at(-1)} alone.`,
    );
  }
  return both;
}
