// SelectFromModel: the columns whose importance reaches a threshold.

import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, ReadSubEstimator } from "../../estimator/estimator.js";
import { pairwiseSum, pairwiseSum32 } from "../../numpy/pairwise-sum.js";
import { Instance } from "../../pickle/values.js";
import { readImportances } from "./importances.js";
import type { Mask } from "./univariate.js";

/** The chosen columns, and whether the selector accepts missing values: where its estimator does. */
export function chosenByModel(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): { readonly mask: Mask; readonly missing: boolean } {
  const { estimator, attributes: inner } = rankingEstimator(attributes, readSubEstimator);
  const normOrder = attributes.get("norm_order") === undefined ? 1 : attributes.number("norm_order");
  const importances = readImportances(attributes, inner, estimator, normOrder);
  const threshold = readThreshold(attributes, inner, importances);
  const most = attributes.get("max_features_", "max_features");
  const chosen = new Set(
    Array.from(importances.keys())
      .sort((a, b) => importances[b]! - importances[a]!)
      .slice(0, typeof most === "number" ? most : importances.length),
  );
  const mask = Array.from(importances, (importance, column) => chosen.has(column) && !(importance < threshold));
  return { mask, missing: estimator.inputs.missing };
}

function rankingEstimator(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): { readonly estimator: Estimator; readonly attributes: EstimatorAttributes } {
  const value = attributes.get("estimator_", "estimator");
  if (!(value instanceof Instance)) throw attributes.expected("an estimator", ["estimator_", "estimator"], value);
  const getter = attributes.get("importance_getter") ?? "auto";
  if (getter !== "auto" && getter !== "coef_" && getter !== "feature_importances_")
    throw attributes.unsupported("it reads importances with a custom getter");
  return {
    estimator: readSubEstimator(value, `the estimator of a ${attributes.type}`),
    attributes: new EstimatorAttributes(value, value.global.name),
  };
}

/**
 * A number, "mean" or "median", or a multiple of one. By default the mean, and almost nothing after an L1 penalty. A
 * 32-bit float where the importances are: numpy compares in their type.
 */
function readThreshold(
  attributes: EstimatorAttributes,
  estimator: EstimatorAttributes,
  importances: Float64Array | Float32Array,
): number {
  const round = importances instanceof Float32Array ? Math.fround : Number;
  const threshold = attributes.get("threshold") ?? (isLasso(estimator) ? 1e-5 : "mean");
  if (typeof threshold !== "string")
    return round(attributes.get("threshold") === undefined ? Number(threshold) : attributes.number("threshold"));
  const [, scale, reference] = /^\s*(?:([\d.eE+-]+)\s*\*\s*)?(mean|median)\s*$/.exec(threshold) ?? [];
  if (reference === undefined) throw attributes.inconsistent("threshold is not known");
  const center = round(reference === "mean" ? meanOf(importances) : medianOf(importances));
  return scale === undefined ? center : round(round(Number(scale)) * center);
}

function isLasso(attributes: EstimatorAttributes): boolean {
  const name = attributes.type;
  if (attributes.get("penalty") === "l1" || name.includes("Lasso")) return true;
  const ratio = attributes.get("l1_ratio_", "l1_ratio");
  if (name === "ElasticNet" || name === "ElasticNetCV") return ratio === 1;
  // 1.8 took the penalty's name away from logistic regressions.
  return name.startsWith("LogisticRegression") && attributes.since(1, 8) && ratio === 1;
}

function meanOf(values: Float64Array | Float32Array): number {
  const sum =
    values instanceof Float32Array ? pairwiseSum32(values, 0, values.length) : pairwiseSum(values, 0, values.length);
  return sum / values.length;
}

function medianOf(values: Float64Array | Float32Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return meanOf(sorted.subarray(middle - 1, middle + 1));
}
