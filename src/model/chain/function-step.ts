// A function of numpy for every column of a table.

import { matrixOf } from "../core/matrix.js";
import type { Estimator } from "../estimator/estimator.js";
import { anyInputs } from "../estimator/inputs.js";
import { transformTo } from "../estimator/tables.js";
import { ufuncOf } from "../numpy/ufuncs.js";
import { Global } from "../pickle/values.js";

/** @param name one of `ufuncNames`, as the reader of the document has checked */
export function functionStep(name: string): Estimator {
  const apply = ufuncOf(new Global("numpy", name));
  if (!apply) throw new Error(`numpy has no function ${name}`);
  return {
    type: `numpy.${name}`,
    inputs: anyInputs(true),
    keepsMissing: true,
    methods: new Map([
      [
        "transform",
        transformTo("any", (table) => {
          const { rows, columns, data } = matrixOf(table);
          return { kind: "matrix", rows, columns, data: data.map(apply) };
        }),
      ],
    ]),
    parameters: {},
  };
}
