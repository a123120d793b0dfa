// Estimators that answer what the one within them answers: searches over parameters, FrozenEstimator, SelfTrainingClassifier.

import type { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, ReadPart } from "../../estimator/estimator.js";
import { withNamesOf } from "../../estimator/inputs.js";

function wrapper(
  name: string,
  module: string,
  paths: readonly string[],
  ...attributes: readonly string[]
): EstimatorClass {
  return { name, module, paths, read: (state, readPart) => readWrapped(state, readPart, attributes) };
}

const search = ["sklearn.model_selection._search"];
const halving = ["sklearn.model_selection._search_successive_halving"];

export const searchClasses: readonly EstimatorClass[] = [
  wrapper("GridSearchCV", "sklearn.model_selection", search, "best_estimator_"),
  wrapper("RandomizedSearchCV", "sklearn.model_selection", search, "best_estimator_"),
  wrapper("HalvingGridSearchCV", "sklearn.model_selection", halving, "best_estimator_"),
  wrapper("HalvingRandomSearchCV", "sklearn.model_selection", halving, "best_estimator_"),
  wrapper("FrozenEstimator", "sklearn.frozen", ["sklearn.frozen._frozen"], "estimator"),
  wrapper(
    "SelfTrainingClassifier",
    "sklearn.semi_supervised",
    ["sklearn.semi_supervised._self_training"],
    "estimator_",
    "base_estimator_",
  ),
];

function readWrapped(state: State, readPart: ReadPart, attributes: readonly string[]): Estimator {
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
    type: state.type,
    version: state.version ?? part.version,
    inputs: withNamesOf(state, part.inputs),
    parameters: { estimator: part.type, ...part.parameters },
  };
}
