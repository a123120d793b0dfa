// LabelBinarizer and MultiLabelBinarizer: a column for each label.

import type { ModelMethod } from "../../core/create-model.js";
import type { Output, Scalar, Table } from "../../core/model.js";
import { ModelError } from "../../errors.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { jsonInputs, readJsonRow } from "../../estimator/json-rows.js";
import { columnOf, transformTo } from "../../estimator/tables.js";
import { Categories } from "./categories.js";

const paths = ["sklearn.preprocessing._label", "sklearn.preprocessing.label"];

export const labelBinarizerClasses: readonly EstimatorClass[] = [
  { name: "LabelBinarizer", paths, read: readLabelBinarizer },
  { name: "MultiLabelBinarizer", paths, read: readMultiLabelBinarizer },
];

/** One column for two labels, else one for each. A label that was not in the training data has none. */
function readLabelBinarizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const type = attributes.get("y_type_");
  if (typeof type === "string" && type.startsWith("multilabel"))
    throw attributes.unsupported("it was fitted on several labels for each row");
  const labels = attributes.classes();
  const classes = new Categories(labels);
  const [negative, positive] = [attributes.number("neg_label"), attributes.number("pos_label")];
  const width = labels.length <= 2 ? 1 : labels.length;
  const transform = (table: Table): Table => {
    const data = new Float64Array(table.rows * width).fill(negative);
    for (const [row, label] of columnOf(table, 0).entries()) {
      const index = classes.indexOf(label);
      if (index === undefined) continue;
      if (width > 1) data[row * width + index] = positive;
      else if (index === 1) data[row] = positive;
    }
    return { kind: "matrix", rows: table.rows, columns: width, data };
  };
  return {
    inputs: labelInputs(labels),
    classes: labels,
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: attributes.parameters("neg_label", "pos_label"),
  };
}

function labelInputs(labels: readonly Scalar[]) {
  return {
    count: 1,
    named: false,
    missing: false,
    features: () => [{ name: "y", kind: "category" as const, categories: labels, missing: false }],
  };
}

/** Each row is a list of labels. Unknown ones are left out, as scikit-learn does with a warning. */
function readMultiLabelBinarizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const labels = attributes.classes();
  const classes = new Categories(labels);
  const width = labels.length;
  const mark = (table: Table): Output => {
    const data = new Float64Array(table.rows * width);
    for (const [row, cell] of columnOf(table, 0).entries()) {
      for (const label of labelsOf(cell, row)) {
        const index = classes.indexOf(label);
        if (index !== undefined) data[row * width + index] = 1;
      }
    }
    return { shape: [table.rows, width], data };
  };
  const transform: ModelMethod = { output: { kind: "number", columns: width }, run: mark };
  return {
    inputs: jsonInputs,
    classes: labels,
    methods: new Map([["transform", transform]]),
    parameters: {},
  };
}

function labelsOf(cell: Scalar, row: number): readonly Scalar[] {
  const labels = readJsonRow(cell, row);
  if (Array.isArray(labels) && labels.every((label) => label === null || typeof label !== "object")) return labels;
  throw new ModelError("input-not-rows", `Row ${row + 1} is not a list of labels`, { place: { row: row + 1 } });
}
