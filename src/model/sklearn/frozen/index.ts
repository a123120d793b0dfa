import { delegateClass } from "../../estimator/delegate.js";
import type { Family } from "../../estimator/family.js";

export const family: Family = {
  module: "sklearn.frozen",
  classes: [delegateClass("FrozenEstimator", "sklearn.frozen._frozen", "all", "estimator")],
  inertClasses: [],
};
