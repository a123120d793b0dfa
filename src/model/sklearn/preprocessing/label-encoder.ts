import type { ModelMethod } from "../../core/create-model.js";
import type { Scalar } from "../../core/model.js";
import { scalarJson } from "../../core/output.js";
import { ModelError } from "../../errors.js";
import type { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass } from "../../estimator/estimator.js";
import { columnOf } from "../../estimator/tables.js";

export const labelEncoderClass: EstimatorClass = {
  name: "LabelEncoder",
  module: "sklearn.preprocessing",
  paths: ["sklearn.preprocessing._label", "sklearn.preprocessing.label"],
  read: readLabelEncoder,
};

/** Labels to their numbers. The table has one column: the labels. */
function readLabelEncoder(state: State): Estimator {
  const classes = state.classes();
  const numbers = new Map(classes.map((label, index) => [label, index]));
  return {
    type: state.type,
    version: state.version,
    inputs: {
      count: 1,
      named: false,
      missing: false,
      features: () => [{ name: "y", kind: "category", categories: classes, missing: false }],
    },
    keepsMissing: false,
    classes,
    methods: new Map([["transform", encode(numbers)]]),
    parameters: {},
  };
}

function encode(numbers: ReadonlyMap<Scalar, number>): ModelMethod {
  return {
    answers: { kind: "number" },
    run(table) {
      const out = new Float64Array(table.rows);
      for (const [row, label] of columnOf(table, 0).entries()) {
        const number = numbers.get(label);
        if (number === undefined) {
          throw new ModelError(
            "input-category-unknown",
            `Row ${row + 1} has the label ${scalarJson(label)}, which was not there in training`,
            {
              place: { row: row + 1 },
            },
          );
        }
        out[row] = number;
      }
      return { shape: [table.rows], data: out };
    },
  };
}
