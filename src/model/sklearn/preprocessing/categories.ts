// Categories of the encoders: a list of values for each column, and the index of each value.

import type { Scalar } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { featureNames, type Inputs } from "../../estimator/inputs.js";
import { NdArray } from "../../numpy/ndarray.js";

/** The categories of one column, in the order of their indices. */
export class Categories {
  readonly values: readonly Scalar[];
  readonly #indices: ReadonlyMap<Scalar, number>;

  constructor(values: readonly Scalar[]) {
    this.values = values;
    this.#indices = new Map(values.map((value, index) => [keyOf(value), index]));
  }

  get length(): number {
    return this.values.length;
  }

  /** Whether a missing value is one of the categories. */
  get missing(): boolean {
    return this.indexOf(null) !== undefined;
  }

  /** JSON has one missing value where Python has None and NaN: either is found as the other. */
  indexOf(value: Scalar): number | undefined {
    const found = this.#indices.get(keyOf(value));
    if (found !== undefined) return found;
    if (value === null) return this.#indices.get(Number.NaN);
    return Number.isNaN(value) ? this.#indices.get(null) : undefined;
  }
}

/** Python's True equals 1, and so does a bool in a table. */
function keyOf(value: Scalar): Scalar {
  return typeof value === "boolean" ? Number(value) : value;
}

/** `categories_`: a list of arrays, one for each column. */
export function readCategories(attributes: EstimatorAttributes): readonly Categories[] {
  const value = attributes.get("categories_");
  if (!Array.isArray(value)) throw attributes.expected("a list of arrays", ["categories_"], value);
  return value.map((values) => {
    if (!(values instanceof NdArray) || values.shape.length !== 1)
      throw attributes.expected("a list of values", ["categories_"], values);
    return new Categories(values.toScalars());
  });
}

/**
 * Columns of categories. `unknown`: whether values that were not in the training data, and so missing ones, are
 * accepted.
 */
export function categoryInputs(
  attributes: EstimatorAttributes,
  columns: readonly Categories[],
  unknown: boolean,
): Inputs {
  const names = featureNames(attributes, columns.length);
  return {
    count: columns.length,
    named: names !== undefined,
    missing: unknown || columns.every(({ missing }) => missing),
    features: () =>
      columns.map((categories, index) => {
        return {
          name: names?.[index] ?? `x${index}`,
          kind: "category",
          categories: categories.values.filter((value) => value !== null && !Number.isNaN(value)),
          missing: unknown || categories.missing,
        };
      }),
  };
}

/**
 * `_default_to_infrequent_mappings` (1.1 and later): for each column the new index of each category, where rare ones
 * share one.
 */
export function readMappings(
  attributes: EstimatorAttributes,
  columns: readonly Categories[],
): readonly (Int32Array | undefined)[] {
  const value = attributes.flag("_infrequent_enabled") ? attributes.get("_default_to_infrequent_mappings") : undefined;
  if (value === undefined) return columns.map(() => undefined);
  if (!Array.isArray(value) || value.length !== columns.length)
    throw attributes.inconsistent("_default_to_infrequent_mappings is not a list of one array for each column");
  return columns.map(({ length }, column) => {
    const mapping = value[column];
    if (mapping === null) return undefined;
    if (!(mapping instanceof NdArray) || mapping.size !== length)
      throw attributes.inconsistent("_default_to_infrequent_mappings does not fit the categories");
    const numbers = Int32Array.from(mapping.toNumbers());
    if (numbers.some((index) => index < 0 || index >= length))
      throw attributes.inconsistent("_default_to_infrequent_mappings names a category that does not exist");
    return numbers;
  });
}

/** The index of rare and unknown categories: the last one. */
export function infrequentIndex(mapping: Int32Array): number {
  return mapping.reduce((most, index) => Math.max(most, index), 0);
}
