// CatBoostEncoder and LeaveOneOutEncoder: the mean target of a category, from its sum and count.

import { unknownCategory } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { isMissing, LabelMap } from "../estimator/label-map.js";
import { readFrame } from "../pandas/frames.js";
import type { Value } from "../pickle/values.js";
import { type ColumnEncoder, columnsTransformer } from "./column-encoders.js";
import { lumpingOf } from "./lumping.js";
import { readMappings } from "./ordinal.js";
import { encodedColumns, readTableColumns } from "./table-columns.js";

export const targetSumEncoderClasses: readonly EstimatorClass[] = [
  {
    name: "CatBoostEncoder",
    module: "category_encoders.cat_boost",
    paths: ["category_encoders.cat_boost"],
    read: (attributes) => readTargetSums(attributes, attributes.number("a")),
  },
  {
    name: "LeaveOneOutEncoder",
    module: "category_encoders.leave_one_out",
    paths: ["category_encoders.leave_one_out"],
    read: (attributes) => readTargetSums(attributes, 0),
  },
];

/** @param prior how many rows of the mean target are added to each category */
function readTargetSums(attributes: EstimatorAttributes, prior: number): EstimatorDefinition {
  const mappings = readMappings(attributes);
  const table = readTableColumns(attributes, (column) => [column]);
  const encoders = new Map(
    encodedColumns(attributes).map((column) => {
      const encoder = readColumn(attributes, column, mappings.get(column), prior);
      return [table.names.indexOf(column), encoder] as const;
    }),
  );
  return columnsTransformer(attributes, table, encoders, { unknownCategory, intercept: false });
}

function readColumn(
  attributes: EstimatorAttributes,
  column: Scalar,
  mapping: Value | undefined,
  prior: number,
): ColumnEncoder {
  const mean = attributes.number("_mean");
  const { columns, index, column: valuesOf } = readFrame(mapping);
  const [sums, counts] = ["sum", "count"].map((name) => {
    const position = columns.indexOf(name);
    if (position < 0) throw attributes.inconsistent(`a mapping has no column "${name}"`);
    return valuesOf(position).map(Number);
  });
  const means = new LabelMap(
    index.map((label, position) => {
      const count = counts![position]!;
      // A category that occurred once would repeat its row's target.
      return [label, count > 1 ? (sums![position]! + mean * prior) / (count + prior) : mean] as const;
    }),
  );
  const unknownHandling = attributes.get("handle_unknown");
  const missingHandling = attributes.get("handle_missing");
  const lump = lumpingOf(attributes, column);
  // Beside NaN, which is appended to them, the labels of a column of booleans are floats, which pandas does not find.
  const findsBooleans = index.some((label) => typeof label === "boolean");
  return {
    names: [column],
    categories: means.categories,
    encode(cell) {
      const label = lump(cell);
      const known = typeof label === "boolean" && !findsBooleans ? undefined : means.get(label);
      if (isMissing(label)) {
        if (missingHandling === "return_nan") return [Number.NaN];
        return [known ?? (missingHandling === "value" ? mean : Number.NaN)];
      }
      if (known !== undefined) return [known];
      if (unknownHandling === "error") return undefined;
      return [unknownHandling === "value" ? mean : Number.NaN];
    },
  };
}
