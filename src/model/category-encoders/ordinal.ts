// OrdinalEncoder, alone and inside the encoders that map its codes to other numbers.

import { unknownCategory } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { LabelMap } from "../estimator/label-map.js";
import { isSeries, readSeries } from "../pandas/frames.js";
import { Dict, type Value } from "../pickle/values.js";
import { type ColumnEncoder, columnsTransformer } from "./column-encoders.js";
import { lumpingOf } from "./lumping.js";
import { encodedColumns, readTableColumns } from "./table-columns.js";

export const ordinalEncoderClass: EstimatorClass = {
  name: "OrdinalEncoder",
  module: "category_encoders.ordinal",
  paths: ["category_encoders.ordinal"],
  read: readOrdinalEncoder,
};

/** The codes of categories that the training data did not have, and of missing values. */
export const unknownCode = -1;
export const missingCode = -2;

/** The code of a cell; NaN for one that has none. */
export interface OrdinalCodes {
  readonly categories: readonly Scalar[];
  codeOf(cell: Scalar): number;
}

function readOrdinalEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const codes = readOrdinalCodes(attributes);
  const rejectsUnknown = attributes.get("handle_unknown") === "error";
  const table = readTableColumns(attributes, (column) => [column]);
  const encoders = new Map<number, ColumnEncoder>();
  for (const [column, { categories, codeOf }] of codes) {
    encoders.set(table.names.indexOf(column), {
      names: [column],
      categories,
      encode(cell) {
        const code = codeOf(cell);
        return rejectsUnknown && code === unknownCode ? undefined : [code];
      },
    });
  }
  return columnsTransformer(attributes, table, encoders, { unknownCategory, intercept: false });
}

/** The codes of each column, as an OrdinalEncoder of these attributes returns them; -1 where it rejects a category. */
export function readOrdinalCodes(attributes: EstimatorAttributes): ReadonlyMap<Scalar, OrdinalCodes> {
  const unknown = unknownNumber(attributes);
  const missing = missingNumber(attributes);
  const mappings = readMappings(attributes);
  const read = new Map<Scalar, OrdinalCodes>();
  for (const column of encodedColumns(attributes)) {
    const codes = new LabelMap(seriesEntries(attributes, mappings.get(column), column));
    const lump = lumpingOf(attributes, column);
    read.set(column, {
      categories: codes.categories,
      codeOf(cell) {
        const code = codes.get(lump(cell)) ?? Number.NaN;
        if (Number.isNaN(code)) return unknown;
        return code === missingCode ? missing : code;
      },
    });
  }
  return read;
}

function unknownNumber(attributes: EstimatorAttributes): number {
  const handling = attributes.get("handle_unknown");
  if (typeof handling === "number") return handling;
  if (handling === undefined || handling === "return_nan") return Number.NaN;
  if (handling !== "value" && handling !== "error")
    throw attributes.unsupported("its handle_unknown is not a number, value, error or return_nan");
  return unknownCode;
}

function missingNumber(attributes: EstimatorAttributes): number {
  const handling = attributes.get("handle_missing");
  if (typeof handling === "number") return handling;
  if (handling === "return_nan") return Number.NaN;
  if (handling !== undefined && typeof handling !== "string")
    throw attributes.unsupported("its handle_missing is not a number, value, error or return_nan");
  return missingCode;
}

/** `mapping`: a list of {col, mapping}, or a dict by column. */
export function readMappings(attributes: EstimatorAttributes): ReadonlyMap<Value, Value> {
  const value = attributes.get("mapping");
  if (value instanceof Dict) return value.entries;
  if (!Array.isArray(value)) throw attributes.expected("a mapping for each column", ["mapping"], value);
  return new Map(
    value.map((row) => {
      const [column, mapping] = row instanceof Dict ? [row.get("col"), row.get("mapping")] : [];
      if (column === undefined || mapping === undefined)
        throw attributes.inconsistent("a row of mapping is not a column and its mapping");
      return [column, mapping];
    }),
  );
}

/** A Series of numbers by label, or a dict that the user supplied. */
export function seriesEntries(
  attributes: EstimatorAttributes,
  value: Value | undefined,
  column: Scalar,
): readonly (readonly [Scalar, number])[] {
  const place = `the mapping of ${JSON.stringify(String(column))}`;
  const { index, values } = isSeries(value) ? readSeries(value) : dictEntries();
  return values.map((number, position) => {
    if (typeof number !== "number") throw attributes.inconsistent(`${place} has a value that is not a number`);
    return [index[position]!, number];
  });

  function dictEntries(): { readonly index: readonly Scalar[]; readonly values: readonly Value[] } {
    if (!(value instanceof Dict)) throw attributes.inconsistent(`${place} is not a Series`);
    const index = [...value.entries.keys()].map((label) => {
      if (label !== null && typeof label === "object")
        throw attributes.inconsistent(`${place} has a label that is not a value`);
      return label;
    });
    return { index, values: [...value.entries.values()] };
  }
}
