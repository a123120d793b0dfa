// imbalanced-learn: its ensembles, and its Pipeline, which is scikit-learn's with samplers among its steps.

import type { EstimatorClass } from "../estimator/estimator.js";
import type { Family } from "../estimator/family.js";
import { readPipeline } from "../sklearn/pipeline/index.js";
import { ensembleClasses } from "./ensembles.js";
import { isSampler, samplerGlobals } from "./samplers.js";

const pipelineClass: EstimatorClass = {
  name: "Pipeline",
  module: "imblearn.pipeline",
  paths: ["imblearn.pipeline"],
  read: (attributes, readSubEstimator) => readPipeline(attributes, readSubEstimator, isSampler),
};

export const family: Family = {
  module: "imblearn",
  classes: [pipelineClass, ...ensembleClasses],
  inertClasses: samplerGlobals,
};
