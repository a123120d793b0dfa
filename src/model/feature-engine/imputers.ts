// Imputers of feature_engine: a value for each column, in the place of missing ones; columns that say what was missing.

import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { isMissing } from "../estimator/label-map.js";
import { type Change, cellwise, changedInPlace, dictOf, type InputColumn, labelsIn, tableNames } from "./cellwise.js";

export const imputerClasses: readonly EstimatorClass[] = [
  ["MeanMedianImputer", "mean_median"],
  ["CategoricalImputer", "categorical"],
  ["ArbitraryNumberImputer", "arbitrary_number"],
  ["EndTailImputer", "end_tail"],
].map(([name, module]): EstimatorClass => {
  const path = `feature_engine.imputation.${module}`;
  return { name: name!, module: "feature_engine.imputation", paths: [path], read: readImputer };
});

export const missingIndicatorClass: EstimatorClass = {
  name: "AddMissingIndicator",
  module: "feature_engine.imputation",
  paths: ["feature_engine.imputation.missing_indicator"],
  read: readIndicator,
};

function readImputer(attributes: EstimatorAttributes): EstimatorDefinition {
  const columns = new Map<Scalar, InputColumn>();
  const changes = new Map<Scalar, Change>();
  for (const [column, value] of dictOf(attributes, "imputer_dict_")) {
    if ((column !== null && typeof column === "object") || (value !== null && typeof value === "object"))
      throw attributes.inconsistent("imputer_dict_ is not a value for each column");
    columns.set(column, {
      kind: typeof value === "number" ? "number" : "category",
      missing: true,
      keepsMissing: false,
    });
    changes.set(column, (cell) => (isMissing(cell) ? value : cell));
  }
  return cellwise(attributes, columns, changedInPlace(tableNames(attributes), changes));
}

/** Columns of 1 and 0 after those of the table. */
function readIndicator(attributes: EstimatorAttributes): EstimatorDefinition {
  const variables = labelsIn(attributes, attributes.get("variables_"), "variables_");
  const change: Change = (cell) => (isMissing(cell) ? 1 : 0);
  const added = variables.map((from) => ({ from, change }));
  return cellwise(attributes, new Map(), [...tableNames(attributes).map((from) => ({ from })), ...added]);
}
