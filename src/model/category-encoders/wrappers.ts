// Wrappers of target encoders: one encoder for several classes, and one that was validated on folds.

import type { Scalar, Table } from "../core/model.js";
import { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../estimator/estimator.js";
import { methodOf } from "../estimator/meta-estimator.js";
import { columnOf, tableFrom, tableOfColumns, transformTo } from "../estimator/tables.js";
import { Dict, Instance } from "../pickle/values.js";
import { encodedColumns, readTableColumns } from "./table-columns.js";

export const wrapperClasses: readonly EstimatorClass[] = [
  // New rows are encoded by the encoder of all rows.
  wrapperClass("NestedCVWrapper", (attributes, readSubEstimator) =>
    readSubEstimator(attributes.get("feature_encoder"), "the encoder of a NestedCVWrapper"),
  ),
  wrapperClass("PolynomialWrapper", readPolynomialWrapper),
];

function wrapperClass(name: string, read: EstimatorClass["read"]): EstimatorClass {
  return { name, module: "category_encoders.wrapper", paths: ["category_encoders.wrapper"], read };
}

/** An encoder for each class but the first: the columns that are not encoded, then those of each encoder. */
function readPolynomialWrapper(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): EstimatorDefinition {
  const value = attributes.get("feature_encoders");
  if (!(value instanceof Dict)) throw attributes.expected("a dict of encoders", ["feature_encoders"], value);
  const encoders = [...value.entries.values()];
  const [first] = encoders;
  if (!(first instanceof Instance)) throw attributes.inconsistent("it has no encoders");
  const inner = new EstimatorAttributes(first, attributes.type);
  const { names } = readTableColumns(inner, (column) => [column]);
  const encoded = encodedColumns(inner).map((column) => names.indexOf(column));
  const passed = [...names.keys()].filter((column) => !encoded.includes(column));
  const parts = encoders.map((encoder) => readSubEstimator(encoder, `an encoder of a ${attributes.type}`));
  const transforms = parts.map((part) => methodOf(attributes, part, "transform"));
  if (transforms.some(({ output }) => output.columns !== names.length))
    throw attributes.unsupported("its encoders do not return one column for each column of the table");
  const width = passed.length + encoded.length * parts.length;
  const transform = (table: Table): Table => {
    const results = transforms.map((method) => tableFrom(method, table));
    const columns: (readonly Scalar[])[] = passed.map((column) => columnOf(table, column));
    for (const result of results) columns.push(...encoded.map((column) => columnOf(result, column)));
    return tableOfColumns(columns, table.rows);
  };
  return {
    inputs: parts[0]!.inputs,
    keepsMissing: parts[0]!.keepsMissing,
    unchanged: new Map(passed.map((column, place) => [place, column])),
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: { classes: parts.length + 1 },
  };
}
