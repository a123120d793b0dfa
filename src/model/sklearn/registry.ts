// The classes of scikit-learn that are read. A new family is a file that exports its rows, and one line here.

import { type GlobalRow, instance } from "../pickle/allow-list.js";
import type { EstimatorClass } from "./estimator.js";
import { svmClasses } from "./svm.js";

export const estimatorClasses: readonly EstimatorClass[] = [...svmClasses];

/** Objects within estimators that are no estimators: read by their owners, or kept and never looked into. */
const parts: readonly GlobalRow[] = [];

export const sklearnGlobals: readonly GlobalRow[] = [
  ...estimatorClasses.map(({ name, paths }) => ({ modules: paths, name, call: instance })),
  ...parts,
];

const byPath = new Map(
  estimatorClasses.flatMap((row) => row.paths.map((path): [string, EstimatorClass] => [`${path} ${row.name}`, row])),
);

export function findEstimatorClass(module: string, name: string): EstimatorClass | undefined {
  return byPath.get(`${module} ${name}`);
}
