// feature_engine's transformers of tables. They select columns by name, and know the names of all of them.

import type { EstimatorClass } from "../estimator/estimator.js";
import type { Family } from "../estimator/family.js";
import { cellwise, labelsIn, tableNames } from "./cellwise.js";
import { encoderClasses } from "./encoders.js";
import { imputerClasses, missingIndicatorClass } from "./imputers.js";
import { numberClasses } from "./numbers.js";

/** Selectors: they leave out the columns of `features_to_drop_`. */
const selectorClasses: readonly EstimatorClass[] = [
  ["DropFeatures", "drop_features"],
  ["DropConstantFeatures", "drop_constant_features"],
  ["DropCorrelatedFeatures", "drop_correlated_features"],
  ["DropDuplicateFeatures", "drop_duplicate_features"],
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

export const family: Family = {
  module: "feature_engine",
  classes: [...encoderClasses, ...imputerClasses, missingIndicatorClass, ...numberClasses, ...selectorClasses],
  inertClasses: [],
};
