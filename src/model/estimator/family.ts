// A family: the estimators of one public module of a library. Its directory's index.ts exports it, and
// registry/families.ts lists it.

import { type GlobalRow, instance } from "../pickle/allow-list.js";
import type { EstimatorClass } from "./estimator.js";

export interface Family {
  /** As the library's documentation names it: "sklearn.svm". */
  readonly module: string;
  readonly classes: readonly EstimatorClass[];
  /**
   * What files name in this module that is not an estimator: objects that their estimators read, and those that no
   * prediction needs (losses, scorers, splitters), which are kept as plain data.
   */
  readonly inertClasses: readonly GlobalRow[];
}

/** Classes whose objects are built as plain attributes. `modules`: every module that files name for them. */
export function inertObjects(modules: readonly string[], ...names: readonly string[]): readonly GlobalRow[] {
  return names.map((name) => ({ modules, name, call: instance }));
}

/** Functions and classes that files name and never call. */
export function inertNames(modules: readonly string[], ...names: readonly string[]): readonly GlobalRow[] {
  return names.map((name) => ({ modules, name }));
}
