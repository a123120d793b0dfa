// EnsembleVoteClassifier: scikit-learn's VotingClassifier, with predict_proba also for hard votes.

import type { ModelMethod } from "../core/create-model.js";
import type { MethodName } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../estimator/estimator.js";
import { inputsOfAll, numberedPlace, placesAmong, readSubEstimators } from "../estimator/meta-estimator.js";
import { hardVotes, softVotes } from "../sklearn/ensemble/index.js";

export const votingClass: EstimatorClass = {
  name: "EnsembleVoteClassifier",
  module: "mlxtend.classifier",
  paths: ["mlxtend.classifier.ensemble_vote"],
  read: readVoting,
};

function readVoting(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const classes = attributes.classes();
  const parts = readSubEstimators(attributes, readSubEstimator, "clfs_");
  const hasProbabilities = parts.every((part) => part.methods.has("predict_proba"));
  const soft = hasProbabilities ? softVotes(attributes, classes, parts) : undefined;
  const numbered = attributes.get("fit_base_estimators", "refit") !== false;
  const votes =
    attributes.get("voting") === "soft" && soft
      ? soft
      : hardVotes(attributes, classes, parts, (label) => {
          if (numbered) return numberedPlace(attributes, label, classes.length);
          return placesAmong(attributes, classes, label === undefined ? [] : [label])[0] ?? 0;
        });
  const probabilities = soft?.get("predict_proba");
  return {
    inputs: inputsOfAll(attributes, parts),
    classes,
    methods: new Map<MethodName, ModelMethod>([
      ["predict", votes.get("predict")!],
      ...(probabilities ? [["predict_proba", probabilities] as const] : []),
    ]),
    parameters: { ...attributes.parameters("voting"), estimators: parts.map(({ type }) => type).join(", ") },
  };
}
