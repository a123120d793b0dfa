// The columns that an estimator takes.

import type { Feature } from "../core/model.js";
import { NdArray } from "../numpy/ndarray.js";
import type { State } from "./attributes.js";

export interface Inputs {
  /** Columns; `anyCount` where the file does not tell, and the estimator takes as many as come. */
  readonly count: number;
  /** Whether the file records the columns' names. */
  readonly named: boolean;
  /** Whether a missing value is taken in every column. */
  readonly missing: boolean;
  /** Makes the list: within a pipeline nobody asks for it, and it can be long. */
  features(): readonly Feature[];
}

/** A `count`: as many columns as it is given. */
export const anyCount = 0;

/** Features of one model: hashed texts have 2^20. */
const featuresMax = 1 << 21;

/** Columns of numbers, with the names of `feature_names_in_` (1.0 and later, when fitted on a named table). */
export function numberInputs(state: State, count: number, missing: boolean): Inputs {
  if (!Number.isSafeInteger(count) || count < 0 || count > featuresMax) {
    throw state.inconsistent(`it has ${count} features; at most ${featuresMax} are read`);
  }
  const recorded = state.get("n_features_in_");
  if (typeof recorded === "number" && recorded !== count) {
    throw state.inconsistent(`n_features_in_ is ${recorded}, but its arrays have ${count} columns`);
  }
  const names = featureNames(state, count);
  return {
    count,
    missing,
    named: names !== undefined,
    features: () =>
      Array.from({ length: count }, (_, index): Feature => {
        return { name: names?.[index] ?? `x${index}`, kind: "number", missing };
      }),
  };
}

/** The same columns, with the names that a wrapper's state records where the wrapped estimator saw none. */
export function withNamesOf(state: State, inputs: Inputs): Inputs {
  const names = inputs.named ? undefined : featureNames(state, inputs.count);
  if (!names) return inputs;
  const features = () => inputs.features().map((feature, index) => ({ ...feature, name: names[index]! }));
  return { ...inputs, named: true, features };
}

/** The names of `feature_names_in_`. */
export function featureNames(state: State, count: number): readonly string[] | undefined {
  const value = state.get("feature_names_in_");
  if (!(value instanceof NdArray)) return undefined;
  const names = value.toScalars().map(String);
  if (names.length !== count) throw state.inconsistent(`feature_names_in_ names ${names.length} of ${count} features`);
  return names;
}
