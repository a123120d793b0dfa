// ColumnSelector, and transformers that return their table.

import { ModelError } from "../errors.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { anyInputs } from "../estimator/inputs.js";
import { selectColumns, transformTo, widthOf } from "../estimator/tables.js";
import { NdArray } from "../numpy/ndarray.js";
import { Tuple } from "../pickle/values.js";

export const columnClasses: readonly EstimatorClass[] = [
  {
    name: "ColumnSelector",
    module: "mlxtend.feature_selection",
    paths: ["mlxtend.feature_selection.column_selector"],
    read: readColumnSelector,
  },
  ...["Dense", "Copy"].map((name): EstimatorClass => {
    const paths = [`mlxtend.preprocessing.${name.toLowerCase()}_transformer`];
    return { name: `${name}Transformer`, module: "mlxtend.preprocessing", paths, read: readUnchanged };
  }),
];

/** The columns with these numbers, from 0. How many columns the table has is not in the file. */
function readColumnSelector(attributes: EstimatorAttributes): EstimatorDefinition {
  const value = attributes.get("cols");
  const items = value instanceof NdArray ? value.toScalars() : value instanceof Tuple ? value.items : value;
  if (!Array.isArray(items) || items.length === 0) throw attributes.expected("a list of columns", ["cols"], value);
  if (items.some((item) => typeof item === "string")) {
    throw attributes.unsupported(
      "it selects columns by name, and the file does not have the names of all columns",
      "Use scikit-learn's ColumnTransformer in its place, or select the columns by number.",
    );
  }
  const columns = items.map((item) => {
    if (typeof item !== "number" || !Number.isSafeInteger(item) || item < 0)
      throw attributes.inconsistent("cols is not a list of column numbers");
    return item;
  });
  const most = columns.reduce((largest, column) => Math.max(largest, column), 0);
  return {
    inputs: anyInputs(true),
    keepsMissing: true,
    methods: new Map([
      [
        "transform",
        transformTo(columns.length, (table) => {
          const width = widthOf(table);
          if (most >= width)
            throw new ModelError("input-width", `The model selects column ${most + 1} of a table of ${width} columns`);
          return selectColumns(table, columns);
        }),
      ],
    ]),
    parameters: { columns: columns.length },
  };
}

/** DenseTransformer makes a sparse table dense, which changes no number. */
function readUnchanged(): EstimatorDefinition {
  return {
    inputs: anyInputs(true),
    keepsMissing: true,
    unchanged: "all",
    methods: new Map([["transform", transformTo("any", (table) => table)]]),
    parameters: {},
  };
}
