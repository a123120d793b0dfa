import { delegateClass, passedMethods } from "../../estimator/delegate.js";
import type { Family } from "../../estimator/family.js";
import { labelPropagationClasses } from "./label-propagation.js";

export const family: Family = {
  module: "sklearn.semi_supervised",
  classes: [
    ...labelPropagationClasses,
    delegateClass(
      "SelfTrainingClassifier",
      "sklearn.semi_supervised._self_training",
      passedMethods,
      "estimator_",
      "base_estimator_",
    ),
  ],
  inertClasses: [],
};
