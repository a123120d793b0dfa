// CountEncoder: how often the training data had a category.

import { unknownCategory } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { LabelMap } from "../estimator/label-map.js";
import { Dict, type Value } from "../pickle/values.js";
import { type ColumnEncoder, columnsTransformer } from "./column-encoders.js";
import { lumpingOf } from "./lumping.js";
import { readMappings, seriesEntries } from "./ordinal.js";
import { encodedColumns, readTableColumns } from "./table-columns.js";

export const countEncoderClass: EstimatorClass = {
  name: "CountEncoder",
  module: "category_encoders.count",
  paths: ["category_encoders.count"],
  read: readCountEncoder,
};

function readCountEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const mappings = readMappings(attributes);
  const table = readTableColumns(attributes, (column) => [column]);
  const encoders = new Map(
    encodedColumns(attributes).map((column) => {
      return [table.names.indexOf(column), readColumn(attributes, column, mappings.get(column))] as const;
    }),
  );
  return columnsTransformer(attributes, table, encoders, { unknownCategory, intercept: false });
}

function readColumn(attributes: EstimatorAttributes, column: Scalar, mapping: Value | undefined): ColumnEncoder {
  const counts = new LabelMap(seriesEntries(attributes, mapping, column));
  const absent = numberOfAbsent(
    handlingOf(attributes, "handle_unknown", column),
    handlingOf(attributes, "handle_missing", column),
  );
  const lump = lumpingOf(attributes, column);
  return {
    names: [column],
    categories: counts.categories,
    encode(cell) {
      const count = counts.get(lump(cell)) ?? Number.NaN;
      if (!Number.isNaN(count)) return [count];
      return absent === undefined ? undefined : [absent];
    },
  };
}

/** The number of a category without a count; undefined where it is rejected. */
function numberOfAbsent(unknown: Value | undefined, missing: Value | undefined): number | undefined {
  if (typeof unknown === "number") return unknown;
  if (unknown === "value" && missing !== "return_nan") return 0;
  return unknown === "error" ? undefined : Number.NaN;
}

/** The option of this column: both are kept as dicts by column. */
function handlingOf(attributes: EstimatorAttributes, name: string, column: Scalar): Value | undefined {
  const byColumn = attributes.get(`_${name}`);
  return byColumn instanceof Dict ? byColumn.get(column) : attributes.get(name);
}
