import type { ModelMethod } from "../../core/create-model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { columnOf } from "../../estimator/tables.js";
import { Categories, unknownCategory } from "./categories.js";

export const labelEncoderClass: EstimatorClass = {
  name: "LabelEncoder",
  paths: ["sklearn.preprocessing._label", "sklearn.preprocessing.label"],
  read: readLabelEncoder,
};

/** Labels to their numbers. The table has one column: the labels. */
function readLabelEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  return {
    inputs: {
      count: 1,
      named: false,
      missing: false,
      features: () => [{ name: "y", kind: "category", categories: classes, missing: false }],
    },
    classes,
    methods: new Map([["transform", encode(new Categories(classes))]]),
    parameters: {},
  };
}

function encode(classes: Categories): ModelMethod {
  return {
    output: { kind: "number" },
    run(table) {
      const out = new Float64Array(table.rows);
      for (const [row, label] of columnOf(table, 0).entries()) {
        const number = classes.indexOf(label);
        if (number === undefined) throw unknownCategory(label, row, 0);
        out[row] = number;
      }
      return { shape: [table.rows], data: out };
    },
  };
}
