// SelectFromModel: the columns whose importance reaches a threshold.

import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { ReadSubEstimator } from "../../estimator/estimator.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance } from "../../pickle/values.js";
import { readImportances } from "./importances.js";
import type { Mask } from "./univariate.js";

export function chosenByModel(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): Mask {
  const getter = attributes.get("importance_getter");
  if (getter !== undefined && getter !== "auto" && getter !== "coef_" && getter !== "feature_importances_")
    throw attributes.unsupported("it reads importances with a custom getter");
  const estimator = attributes.get("estimator_", "estimator");
  const normOrder = attributes.get("norm_order") === undefined ? 1 : attributes.number("norm_order");
  const importances = readImportances(attributes, estimator, normOrder, readSubEstimator);
  const threshold = readThreshold(attributes, estimator instanceof Instance ? estimator : undefined, importances);
  const most = attributes.get("max_features_", "max_features");
  const chosen = new Set(
    Array.from(importances.keys())
      .sort((a, b) => importances[b]! - importances[a]!)
      .slice(0, typeof most === "number" ? most : importances.length),
  );
  return Array.from(importances, (importance, column) => chosen.has(column) && !(importance < threshold));
}

/** A number, "mean" or "median", or a multiple of one. By default the mean, and almost nothing after an L1 penalty. */
function readThreshold(
  attributes: EstimatorAttributes,
  estimator: Instance | undefined,
  importances: Float64Array,
): number {
  const threshold = attributes.get("threshold") ?? (isLasso(estimator) ? 1e-5 : "mean");
  if (typeof threshold !== "string")
    return attributes.get("threshold") === undefined ? Number(threshold) : attributes.number("threshold");
  const [, scale, reference] = /^\s*(?:([\d.eE+-]+)\s*\*\s*)?(mean|median)\s*$/.exec(threshold) ?? [];
  if (reference === undefined) throw attributes.inconsistent("threshold is not known");
  const center = reference === "mean" ? meanOf(importances) : medianOf(importances);
  return (scale === undefined ? 1 : Number(scale)) * center;
}

function isLasso(estimator: Instance | undefined): boolean {
  if (!estimator) return false;
  const { name } = estimator.global;
  const attributes = new EstimatorAttributes(estimator, name);
  if (attributes.get("penalty") === "l1" || name.includes("Lasso")) return true;
  const ratio = attributes.get("l1_ratio_", "l1_ratio");
  if (name === "ElasticNet" || name === "ElasticNetCV") return ratio === 1;
  // 1.8 took the penalty's name away from logistic regressions.
  return name.startsWith("LogisticRegression") && attributes.since(1, 8) && ratio === 1;
}

function meanOf(values: Float64Array): number {
  return pairwiseSum(values, 0, values.length) / values.length;
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
