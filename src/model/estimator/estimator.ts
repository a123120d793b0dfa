// What every family of estimators builds, so that a pipeline can join any of them.

import type { ModelMethod } from "../core/create-model.js";
import type { MethodName, Scalar } from "../core/model.js";
import type { Value } from "../pickle/values.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { Inputs } from "./inputs.js";
import type { UnchangedColumns } from "./unchanged-columns.js";

/**
 * What a class's reader returns: what only the reader knows of a fitted estimator. defineEstimator derives the rest.
 */
export interface EstimatorDefinition {
  readonly inputs: Inputs;
  /** The first one is called when a request names none. */
  readonly methods: ReadonlyMap<MethodName, ModelMethod>;
  /** Labels of a classifier, in the order of `classes_`. */
  readonly classes?: readonly Scalar[];
  /** Hyper-parameters to show to users. */
  readonly parameters: Readonly<Record<string, Scalar>>;
  /** The scikit-learn version, where the attributes do not record it but those of an inner estimator do. */
  readonly version?: string;
  /** Versions of other libraries that the attributes record. */
  readonly libraries?: Readonly<Record<string, string>>;
  /**
   * Whether a missing value leaves `transform` as a missing value, so that the next step of a pipeline must accept it:
   * for the whole table, or for each of its columns. Absent: no, as in predictors, imputers, and every transformer that
   * rejects missing values.
   */
  readonly keepsMissing?: boolean | readonly boolean[];
  /**
   * How many more columns `transform` returns than it accepts, where the file records neither number. Absent: none.
   */
  readonly addedColumns?: number;
  /** The columns that pass through `transform` unchanged, strings too. Absent: none. */
  readonly unchanged?: UnchangedColumns;
  /**
   * What feature selectors rank columns by: `coef_` where the class has it, else `feature_importances_`. Absent where
   * the attributes store `coef_`, and for trees and ensembles of trees: selectors compute theirs from the nodes.
   * @throws ModelError "estimator-unsupported" where the file does not have what they are computed from
   */
  readonly importances?: () => Importances;
}

/** One number for each column, or several rows of them: `coef_` of several classes. */
export interface Importances {
  /** One row after the other. 32-bit floats where Python has those: means and thresholds of them are 32-bit floats. */
  readonly values: Float64Array | Float32Array;
  readonly rows: number;
}

/** A fitted estimator, read from its attributes. */
export interface Estimator extends EstimatorDefinition {
  /** As scikit-learn's documentation names it: "sklearn.svm.SVC". */
  readonly type: string;
  readonly keepsMissing: boolean | readonly boolean[];
}

/**
 * Completes what a reader returns: type and version come from the attributes, and missing values are not kept unless
 * the reader says so.
 */
export function defineEstimator({ type, version }: EstimatorAttributes, definition: EstimatorDefinition): Estimator {
  return { keepsMissing: false, ...definition, type, version: version ?? definition.version };
}

/** Whether a missing value in this column of the input leaves `transform` as a missing value. */
export function keepsMissingIn({ keepsMissing }: Estimator, column: number): boolean {
  return typeof keepsMissing === "boolean" ? keepsMissing : keepsMissing[column] === true;
}

/** Whether this holds for any column. */
export function keepsAnyMissing({ keepsMissing }: Estimator): boolean {
  return typeof keepsMissing === "boolean" ? keepsMissing : keepsMissing.includes(true);
}

/** Reads an estimator inside another one: a pipeline's step, a forest's tree. `role` identifies it in errors. */
export type ReadSubEstimator = (value: Value | undefined, role: string) => Estimator;

/**
 * Reads a fitted estimator from its attributes. @throws ModelError "estimator-inconsistent", "estimator-unsupported"
 */
type ReadEstimator = (attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator) => EstimatorDefinition;

/** One class of a family. */
export interface EstimatorClass {
  readonly name: string;
  /** As the documentation names its module, where it is not the family's: "sklearn.feature_extraction.text". */
  readonly module?: string;
  /** The modules that files name, over the library's versions. */
  readonly paths: readonly string[];
  readonly read: ReadEstimator;
}
