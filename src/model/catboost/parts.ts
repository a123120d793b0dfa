// What a CatBoost model consists of, as both of its file formats describe it.

import { ModelError } from "../errors.js";
import type { Json } from "../json/fields.js";

/** The parts of a model, as the file has them: evaluator.ts checks that they fit together. */
export interface ModelParts {
  /** Values for each row: the classes where there are more than two, or the targets, else 1. */
  readonly dimension: number;
  readonly floats: readonly FloatFeature[];
  readonly categories: readonly Column[];
  readonly oneHots: readonly OneHotFeature[];
  readonly ctrs: readonly CtrFeature[];
  /** By combinationKey. */
  readonly ctrTables: ReadonlyMap<string, CtrTable>;
  readonly trees: TreeParts;
  readonly scale: number;
  /** One for each dimension. Empty: zero. */
  readonly bias: ArrayLike<number>;
  /** The metadata, by name. Parameters are objects, or JSON in a string. */
  readonly info: ReadonlyMap<string, Json>;
}

/** A column of the training table. */
interface Column {
  /** Its number among the features of its kind, which splits refer to. */
  readonly index: number;
  /** Its number among all columns. */
  readonly column: number;
  readonly name: string;
}

export interface FloatFeature extends Column {
  /** Ascending. Empty: the model does not use the feature. */
  readonly borders: ArrayLike<number>;
  /** What a missing value counts as: -Infinity, Infinity, or NaN, which is above no border. */
  readonly missing: number;
}

/** Splits that compare a category's hash. */
export interface OneHotFeature {
  readonly category: number;
  readonly hashes: ArrayLike<number>;
}

/** The features whose values are hashed together. */
export interface Combination {
  /** Numbers of category features. */
  readonly categories: ArrayLike<number>;
  /** Float features and a border: whether the value is above it. */
  readonly floatSplits: readonly (readonly [feature: number, border: number])[];
  /** Category features and a hash: whether the value has it. */
  readonly oneHotSplits: readonly (readonly [category: number, hash: number])[];
}

/** The kinds of target statistics, in the order of the file's numbers. */
export const ctrTypes = [
  "Borders",
  "Buckets",
  "BinarizedTargetMeanValue",
  "FloatTargetMeanValue",
  "Counter",
  "FeatureFreq",
] as const;
export type CtrType = (typeof ctrTypes)[number];

/** A target statistic of a combination of categories, which is compared with borders as a number is. */
export interface CtrFeature {
  readonly combination: Combination;
  readonly type: CtrType;
  /** The combinationKey of its table. */
  readonly table: string;
  readonly targetBorder: number;
  readonly priorNumerator: number;
  readonly priorDenominator: number;
  readonly shift: number;
  readonly scale: number;
  readonly borders: ArrayLike<number>;
}

/** The statistics of every combination of categories that was in the training data. */
export interface CtrTable {
  /** The row of a combination's hash; -1 where it was not in the training data. */
  readonly rowOf: (hash: bigint) => number;
  /** The numbers of all rows: counts of each class; or a count; or a sum and a count. */
  readonly values: ArrayLike<number>;
  /** Numbers in a row of `values`. */
  readonly stride: number;
  /** What the counts of the kinds Counter and FeatureFreq are divided by. */
  readonly denominator: number;
}

export interface TreeParts {
  /** For each level of a tree, or each node of it: the number of its split, over all features. */
  readonly splits: ArrayLike<number>;
  /** The levels, or nodes, of each tree. */
  readonly sizes: ArrayLike<number>;
  /** The values of every leaf, one for each dimension. */
  readonly leafValues: Float64Array;
  /** Absent: every level of a tree has one split. */
  readonly nodes?: {
    /** How far the next node is where the split does not hold, and where it does; 0: the node is a leaf there. */
    readonly steps: ArrayLike<number>;
    /** Where in `leafValues` the leaf of a node is. */
    readonly leaves: ArrayLike<number>;
  };
}

export function broken(message: string): ModelError {
  return new ModelError("catboost-broken", `CatBoost model: ${message}`);
}

export function unsupported(message: string, hint?: string): ModelError {
  return new ModelError("estimator-unsupported", `CatBoost: ${message}`, { hint });
}

/** The error for features of a kind that is not read. */
export function featuresUnsupported(kind: "text" | "embedding"): ModelError {
  return unsupported(
    `${kind} features are not supported`,
    `Train the model without ${kind}_features: turn them into numbers first.`,
  );
}

/** What a table of statistics is found by. @param classifier the number of the target's binarization */
export function combinationKey(
  { categories, floatSplits, oneHotSplits }: Combination,
  type: CtrType,
  classifier: number,
): string {
  return JSON.stringify([type, classifier, Array.from(categories), floatSplits, oneHotSplits]);
}
