// Selectors of columns, and transformers that return their table.

import { ModelError } from "../errors.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { anyInputs } from "../estimator/inputs.js";
import { selectColumns, transformTo, widthOf } from "../estimator/tables.js";
import { NdArray } from "../numpy/ndarray.js";
import { Tuple, type Value } from "../pickle/values.js";

export const columnClasses: readonly EstimatorClass[] = [
  {
    name: "ColumnSelector",
    module: "mlxtend.feature_selection",
    paths: ["mlxtend.feature_selection.column_selector"],
    read: readColumnSelector,
  },
  ...["Sequential", "Exhaustive"].map((kind): EstimatorClass => {
    const paths = [`mlxtend.feature_selection.${kind.toLowerCase()}_feature_selector`];
    return { name: `${kind}FeatureSelector`, module: "mlxtend.feature_selection", paths, read: readSearch };
  }),
  ...["Dense", "Copy"].map((name): EstimatorClass => {
    const paths = [`mlxtend.preprocessing.${name.toLowerCase()}_transformer`];
    return { name: `${name}Transformer`, module: "mlxtend.preprocessing", paths, read: readUnchanged };
  }),
];

function readColumnSelector(attributes: EstimatorAttributes): EstimatorDefinition {
  const value = attributes.get("cols");
  const items = value instanceof NdArray ? value.toScalars() : value instanceof Tuple ? value.items : value;
  if (!Array.isArray(items) || items.length === 0) throw attributes.expected("a list of columns", ["cols"], value);
  return items.every((item) => typeof item === "string")
    ? selectNames(items)
    : selectNumbers(attributes, items, "cols");
}

/** The columns that a search for the best ones has found. */
function readSearch(attributes: EstimatorAttributes): EstimatorDefinition {
  const name = attributes.get("k_feature_idx_") === undefined ? "best_idx_" : "k_feature_idx_";
  return selectNumbers(attributes, attributes.items(name, "a list of columns"), name);
}

/**
 * The columns with these names. The file does not have the names of the others, which the model does not need: its
 * table has these columns alone.
 */
function selectNames(names: readonly string[]): EstimatorDefinition {
  return {
    inputs: {
      count: names.length,
      named: true,
      selected: true,
      missing: true,
      features: () => names.map((name) => ({ name, kind: "number", missing: true })),
    },
    keepsMissing: true,
    unchanged: "all",
    methods: new Map([["transform", transformTo(names.length, (table) => table)]]),
    parameters: { columns: names.length },
  };
}

/** The columns with these numbers, from 0. How many columns the table has is not in the file. */
function selectNumbers(attributes: EstimatorAttributes, items: readonly Value[], name: string): EstimatorDefinition {
  const columns = items.map((item) => {
    if (typeof item !== "number" || !Number.isSafeInteger(item) || item < 0)
      throw attributes.inconsistent(`${name} is not a list of column numbers`);
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
