// The columns of an estimator's input.

import type { ColumnCount, Feature, FeatureKind } from "../core/model.js";
import { NdArray } from "../numpy/ndarray.js";
import type { EstimatorAttributes } from "./attributes.js";

export interface Inputs {
  readonly count: ColumnCount;
  /** Whether the file records the columns' names. */
  readonly named: boolean;
  /** Whether a missing value is accepted in every column. */
  readonly missing: boolean;
  /** Whether these are columns that a selector takes by name from a table of more: another part may take others. */
  readonly selected?: true;
  /** Built on demand: estimators inside a pipeline do not need the list, and it can be long. */
  features(): readonly Feature[];
}

/** Features of one model: hashed documents have 2^20. */
const featuresMax = 1 << 21;

/** Columns of numbers, with the names of `feature_names_in_` (1.0 and later, when fitted on a named table). */
export function numberInputs(attributes: EstimatorAttributes, count: number, missing: boolean): Inputs {
  if (!Number.isSafeInteger(count) || count < 0 || count > featuresMax) {
    throw attributes.inconsistent(`it has ${count} features; the maximum is ${featuresMax}`);
  }
  const recorded = attributes.get("n_features_in_");
  if (typeof recorded === "number" && recorded !== count) {
    throw attributes.inconsistent(`n_features_in_ is ${recorded}, but its arrays have ${count} columns`);
  }
  return namedInputs(attributes, count, "number", missing);
}

/** Columns of one kind, with the names of `feature_names_in_` or x0, x1, ... */
export function namedInputs(
  attributes: EstimatorAttributes,
  count: number,
  kind: FeatureKind,
  missing: boolean,
): Inputs {
  const names = featureNames(attributes, count);
  return {
    count,
    missing,
    named: names !== undefined,
    features: () =>
      Array.from({ length: count }, (_, index): Feature => ({ name: names?.[index] ?? `x${index}`, kind, missing })),
  };
}

/** Any number of columns: versions before 0.24 record none for transformers that learn nothing from them. */
export function anyInputs(missing: boolean): Inputs {
  return { count: "any", named: false, missing, features: () => [] };
}

/** One column of documents. */
export const textInputs: Inputs = {
  count: 1,
  named: false,
  missing: false,
  features: () => [{ name: "text", kind: "text", missing: false }],
};

/** The same columns, with the names that an outer estimator records where the inner one does not. */
export function withNamesOf(attributes: EstimatorAttributes, inputs: Inputs): Inputs {
  const names = inputs.named || inputs.count === "any" ? undefined : featureNames(attributes, inputs.count);
  if (!names) return inputs;
  const features = () => inputs.features().map((feature, index) => ({ ...feature, name: names[index]! }));
  return { ...inputs, named: true, features };
}

/** The names of `feature_names_in_`. */
export function featureNames(attributes: EstimatorAttributes, count: number): readonly string[] | undefined {
  const value = attributes.get("feature_names_in_");
  if (!(value instanceof NdArray)) return undefined;
  const names = value.toScalars().map(String);
  if (names.length !== count)
    throw attributes.inconsistent(`feature_names_in_ names ${names.length} of ${count} features`);
  return names;
}
