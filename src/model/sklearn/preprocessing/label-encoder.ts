import type { ModelMethod } from "../../core/create-model.js";
import type { Scalar } from "../../core/model.js";
import { scalarJson } from "../../core/output.js";
import { ModelError } from "../../errors.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { columnOf } from "../../estimator/tables.js";

export const labelEncoderClass: EstimatorClass = {
  name: "LabelEncoder",
  paths: ["sklearn.preprocessing._label", "sklearn.preprocessing.label"],
  read: readLabelEncoder,
};

/** Labels to their numbers. The table has one column: the labels. */
function readLabelEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const numbers = new Map(classes.map((label, index) => [label, index]));
  return {
    inputs: {
      count: 1,
      named: false,
      missing: false,
      features: () => [{ name: "y", kind: "category", categories: classes, missing: false }],
    },
    classes,
    methods: new Map([["transform", encode(numbers)]]),
    parameters: {},
  };
}

function encode(numbers: ReadonlyMap<Scalar, number>): ModelMethod {
  return {
    output: { kind: "number" },
    run(table) {
      const out = new Float64Array(table.rows);
      for (const [row, label] of columnOf(table, 0).entries()) {
        const number = numbers.get(label);
        if (number === undefined) {
          throw new ModelError(
            "input-category-unknown",
            `Row ${row + 1} has the label ${scalarJson(label)}, which was not in the training data`,
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
