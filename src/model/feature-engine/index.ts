// feature_engine's transformers of tables. They select columns by name, and know the names of all of them.

import type { EstimatorClass } from "../estimator/estimator.js";
import type { Family } from "../estimator/family.js";
import { readPipeline } from "../sklearn/pipeline/index.js";
import { cellwise, labelsIn, tableNames } from "./cellwise.js";
import { creationClasses } from "./creation.js";
import { encoderClasses } from "./encoders.js";
import { imputerClasses, missingIndicatorClass } from "./imputers.js";
import { numberClasses } from "./numbers.js";
import { treeClasses } from "./trees.js";
import { wrapperClass } from "./wrapper.js";

/** Selectors: they leave out the columns of `features_to_drop_`. */
const selectorClasses: readonly EstimatorClass[] = [
  ["DropFeatures", "drop_features"],
  ["DropConstantFeatures", "drop_constant_features"],
  ["DropCorrelatedFeatures", "drop_correlated_features"],
  ["DropDuplicateFeatures", "drop_duplicate_features"],
  ["DropHighPSIFeatures", "drop_psi_features"],
  ["MRMR", "mrmr"],
  ["ProbeFeatureSelection", "probe_feature_selection"],
  ["RecursiveFeatureAddition", "recursive_feature_addition"],
  ["RecursiveFeatureElimination", "recursive_feature_elimination"],
  ["SelectByInformationValue", "information_value"],
  ["SelectByShuffling", "shuffle_features"],
  ["SelectBySingleFeaturePerformance", "single_feature_performance"],
  ["SelectByTargetMeanPerformance", "target_mean_selection"],
  ["SmartCorrelatedSelection", "smart_correlation_selection"],
].map(([name, module]): EstimatorClass => {
  return {
    name: name!,
    module: "feature_engine.selection",
    paths: [`feature_engine.selection.${module}`],
    read(attributes) {
      const dropped = new Set(labelsIn(attributes, attributes.get("features_to_drop_"), "features_to_drop_"));
      const kept = tableNames(attributes).filter((column) => !dropped.has(column));
      return cellwise(
        attributes,
        new Map(),
        kept.map((from) => ({ from })),
      );
    },
  };
});

const pipelineClass: EstimatorClass = {
  name: "Pipeline",
  module: "feature_engine.pipeline",
  paths: ["feature_engine.pipeline.pipeline"],
  read: (attributes, readSubEstimator) => readPipeline(attributes, readSubEstimator),
};

export const family: Family = {
  module: "feature_engine",
  classes: [
    ...creationClasses,
    ...encoderClasses,
    ...imputerClasses,
    missingIndicatorClass,
    ...numberClasses,
    pipelineClass,
    ...selectorClasses,
    ...treeClasses,
    wrapperClass,
  ],
  inertClasses: [],
};
