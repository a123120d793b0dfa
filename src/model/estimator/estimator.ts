// What every family of estimators builds, so that a pipeline can join any of them.

import type { ModelMethod } from "../core/create-model.js";
import type { MethodName, Scalar } from "../core/model.js";
import type { Value } from "../pickle/values.js";
import type { State } from "./attributes.js";
import type { Inputs } from "./inputs.js";

/** A fitted estimator, read from its state and ready to answer. */
export interface Estimator {
  /** As scikit-learn's documentation names it: "sklearn.svm.SVC". */
  readonly type: string;
  /** The scikit-learn version that fitted it, where the file tells. */
  readonly version: string | undefined;
  /** Versions of other libraries that the estimator's own state tells. */
  readonly libraries?: Readonly<Record<string, string>>;
  readonly inputs: Inputs;
  /** Whether a missing value leaves `transform` as a missing value, so that the next step of a pipeline must take it. */
  readonly keepsMissing: boolean;
  /** The same column by column of the input, where columns go different ways. */
  readonly keepsMissingIn?: readonly boolean[];
  /** Labels of a classifier, in the order of `classes_`. */
  readonly classes?: readonly Scalar[];
  /** What the estimator can do; the first one answers when a request names none. */
  readonly methods: ReadonlyMap<MethodName, ModelMethod>;
  /** Hyper-parameters worth showing to a person. */
  readonly parameters: Readonly<Record<string, Scalar>>;
}

/** Reads an estimator that lies within another: a pipeline's step, a forest's tree. `role` says which one in errors. */
export type ReadPart = (value: Value | undefined, role: string) => Estimator;

/** Reads a fitted estimator from its attributes. @throws ModelError "estimator-inconsistent", "estimator-unsupported" */
export type ReadEstimator = (state: State, readPart: ReadPart) => Estimator;

/** A row of the registry: one class of scikit-learn. */
export interface EstimatorClass {
  readonly name: string;
  /** As the documentation names its module: "sklearn.svm". */
  readonly module: string;
  /** The modules that files name, over scikit-learn's versions. */
  readonly paths: readonly string[];
  readonly read: ReadEstimator;
}
