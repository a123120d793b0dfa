import { withOuterColumns } from "../../core/cell-error.js";
import type { ModelMethod } from "../../core/create-model.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { accepts, columnsAfter, knownInputs } from "../../estimator/column-counts.js";
import {
  type Estimator,
  type EstimatorClass,
  type EstimatorDefinition,
  keepsMissingIn,
  type ReadSubEstimator,
} from "../../estimator/estimator.js";
import { featureNames } from "../../estimator/inputs.js";
import { mergeInputs } from "../../estimator/merge-inputs.js";
import { scaleTable, selectColumns, sideBySide, tableFrom, transformTo } from "../../estimator/tables.js";
import { unchangedOf } from "../../estimator/unchanged-columns.js";
import { Dict, Tuple, type Value } from "../../pickle/values.js";
import { readColumns, textsOf } from "./columns.js";

export const columnTransformerClass: EstimatorClass = {
  name: "ColumnTransformer",
  paths: ["sklearn.compose._column_transformer"],
  read: readColumnTransformer,
};

/** Transformers of one ColumnTransformer, and columns of a table without recorded columns. */
const partsMax = 10_000;

export interface ColumnsPart {
  readonly columns: readonly number[];
  /** Absent: the columns pass unchanged. */
  readonly estimator?: Estimator;
  readonly transform?: ModelMethod;
  readonly weight: number;
}

function readColumnTransformer(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): EstimatorDefinition {
  const rows = readRows(attributes);
  const names = readNames(attributes, rows);
  const count = readCount(attributes, names);
  const parts = rows.flatMap((row) => readTransformer(attributes, row, names, count, readSubEstimator));
  const sparse = attributes.flag("sparse_output_");
  return {
    ...columnwise(parts, count, names, sparse),
    parameters: { transformers: rows.map(({ name }) => name).join(", "), ...attributes.parameters("remainder") },
  };
}

/** Transformers of some columns each, whose results are side by side: of a ColumnTransformer or a DataFrameMapper. */
export function columnwise(
  parts: readonly ColumnsPart[],
  count: number,
  names: readonly string[] | undefined,
  sparse: boolean,
): Omit<EstimatorDefinition, "parameters"> {
  const unchanged = new Map<number, number>();
  let width = 0;
  for (const { columns, estimator, weight } of parts) {
    const passed = estimator ? estimator.unchanged : "all";
    if (weight === 1) for (const [column, from] of unchangedOf(passed, columns, width)) unchanged.set(column, from);
    width += estimator ? columnsAfter(estimator, columns.length) : columns.length;
  }
  const kinds = new Set(parts.map(({ transform }) => transform?.output.kind ?? "number"));
  const transform = (table: Table): Table => {
    const done = parts.map(({ columns, transform: change, weight }) => {
      const chosen = selectColumns(table, columns);
      return withOuterColumns(
        (column) => columns[column],
        () => scaleTable(change ? tableFrom(change, chosen) : chosen, weight),
      );
    });
    return sideBySide(done, table.rows, sparse);
  };
  const keepsMissing: boolean[] = Array.from({ length: count }, () => false);
  for (const { columns, estimator } of parts) {
    for (const [index, column] of columns.entries()) {
      if (!estimator || keepsMissingIn(estimator, index)) keepsMissing[column] = true;
    }
  }
  return {
    inputs: mergeInputs(
      parts.map(({ columns, estimator }) => ({ columns, inputs: knownInputs(estimator?.inputs, columns.length) })),
      count,
      names,
    ),
    keepsMissing,
    unchanged,
    methods: new Map([["transform", transformTo(width, transform, kinds.has("text") ? "text" : "number")]]),
  };
}

/** One of `transformers_`: its columns are resolved against the table's names later. */
interface Row {
  readonly name: string;
  readonly transformer: Value;
  readonly columns: Value;
}

function readRows(attributes: EstimatorAttributes): readonly Row[] {
  const value = attributes.get("transformers_");
  if (!Array.isArray(value) || value.length > partsMax)
    throw attributes.expected("a list of transformers", ["transformers_"], value);
  return value.map((item) => {
    const [name, transformer, columns] = item instanceof Tuple ? item.items : [];
    if (typeof name !== "string" || transformer === undefined || columns === undefined)
      throw attributes.inconsistent("a transformer is not a name, an estimator and its columns");
    return { name, transformer, columns };
  });
}

/**
 * The table's names: `feature_names_in_` (1.0), `_df_columns` or `_feature_names_in` before. A file of 0.21 records
 * none: there the columns that its transformers name are the table, unless others are selected by number.
 */
function readNames(attributes: EstimatorAttributes, rows: readonly Row[]): readonly string[] | undefined {
  if (attributes.get("feature_names_in_") !== undefined)
    return featureNames(attributes, attributes.array("feature_names_in_").size);
  const recorded = attributes.get("_feature_names_in", "_df_columns");
  if (recorded !== undefined) {
    const names = textsOf(recorded);
    if (!names) throw attributes.expected("a list of names", ["_df_columns"], recorded);
    return names;
  }
  const named = rows.flatMap(({ transformer, columns }) => (transformer === "drop" ? [] : (textsOf(columns) ?? [])));
  return named.length > 0 ? [...new Set(named)] : undefined;
}

function readCount(attributes: EstimatorAttributes, names: readonly string[] | undefined): number {
  const recorded = attributes.get("n_features_in_", "_n_features");
  const count = typeof recorded === "number" ? recorded : names?.length;
  if (count === undefined || !Number.isSafeInteger(count) || count < 0 || count > 1 << 21)
    throw attributes.expected("the number of columns", ["n_features_in_", "_n_features"], recorded);
  if (names && names.length !== count)
    throw attributes.inconsistent(`it has ${count} columns and ${names.length} names`);
  return count;
}

function readTransformer(
  attributes: EstimatorAttributes,
  { name, transformer, columns: spec }: Row,
  names: readonly string[] | undefined,
  count: number,
  readSubEstimator: ReadSubEstimator,
): readonly ColumnsPart[] {
  if (transformer === "drop") return [];
  const indices = attributes.get("_transformer_to_input_indices");
  const recorded = indices instanceof Dict ? indices.get(name) : undefined;
  const columns = readColumns(attributes, recorded ?? spec, names, count);
  if (columns.length === 0) return [];
  const weights = attributes.get("transformer_weights");
  const weight = weights instanceof Dict ? (weights.get(name) ?? 1) : 1;
  if (typeof weight !== "number") throw attributes.inconsistent(`the weight of "${name}" is not a number`);
  if (transformer === "passthrough" || transformer === null) return [{ columns, weight }];
  const estimator = readSubEstimator(transformer, `the transformer "${name}" of a ColumnTransformer`);
  const transform = estimator.methods.get("transform");
  if (!transform) throw attributes.inconsistent(`"${name}", a ${estimator.type}, does not transform`);
  if (!accepts(estimator, columns.length)) {
    throw attributes.inconsistent(
      `"${name}", a ${estimator.type}, expects ${estimator.inputs.count} columns, got ${columns.length}`,
    );
  }
  return [{ columns, estimator, transform, weight }];
}
