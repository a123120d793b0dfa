// How a ColumnTransformer names its columns: names, numbers, slices, masks.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { NdArray } from "../../numpy/ndarray.js";
import { isIndex, readIndex } from "../../pandas/arrays.js";
import { Instance, type Value } from "../../pickle/values.js";

/** The columns' indices in the table. @throws ModelError "estimator-inconsistent" for a column that does not exist */
export function readColumns(
  attributes: EstimatorAttributes,
  spec: Value,
  names: readonly string[] | undefined,
  count: number,
): readonly number[] {
  const texts = textsOf(spec);
  if (texts) return texts.map((name) => placeOf(attributes, name, names));
  if (spec instanceof Instance && spec.global.name === "slice") return readSlice(attributes, spec, names, count);
  const items = itemsOf(spec);
  if (!items)
    throw attributes.unsupported("its columns are chosen by something other than names, numbers, a slice or a mask");
  if (items.length > 0 && items.every((item) => typeof item === "boolean")) {
    if (items.length !== count) throw attributes.inconsistent(`a mask of ${items.length} columns for ${count}`);
    return items.flatMap((chosen, column) => (chosen ? [column] : []));
  }
  return items.map((item) => {
    const column = typeof item === "number" && item < 0 ? item + count : item;
    if (typeof column !== "number" || !Number.isInteger(column) || column < 0 || column >= count)
      throw attributes.inconsistent(`it selects the column ${String(item)} of ${count}`);
    return column;
  });
}

/** A string, a list or an array of strings, or a pandas Index of them. */
export function textsOf(value: Value): readonly string[] | undefined {
  const items = itemsOf(value);
  if (!items || items.length === 0) return undefined;
  return items.every((item) => typeof item === "string") ? items : undefined;
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (typeof value === "string" || typeof value === "number") return [value];
  if (Array.isArray(value)) return value;
  if (value instanceof NdArray) return value.toScalars();
  if (!(value instanceof Instance)) return undefined;
  if (isIndex(value)) return readIndex(value);
  // _RemainderColsList (1.5 to 1.7) is a list with its items in `data`.
  const data = value.attributes.get("data");
  return Array.isArray(data) ? data : undefined;
}

/** Python's slice of numbers, or of names with the last one included. */
function readSlice(
  attributes: EstimatorAttributes,
  slice: Instance,
  names: readonly string[] | undefined,
  count: number,
): readonly number[] {
  const [start, stop, step] = slice.args;
  if (step !== null && step !== undefined && step !== 1) throw attributes.unsupported("it selects every other column");
  const from = typeof start === "string" ? placeOf(attributes, start, names) : bound(attributes, start, 0, count);
  const to = typeof stop === "string" ? placeOf(attributes, stop, names) + 1 : bound(attributes, stop, count, count);
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function bound(attributes: EstimatorAttributes, value: Value | undefined, absent: number, count: number): number {
  if (value === null || value === undefined) return absent;
  if (typeof value !== "number" || !Number.isInteger(value))
    throw attributes.inconsistent("a slice of columns is not of numbers");
  return Math.min(count, Math.max(0, value < 0 ? value + count : value));
}

function placeOf(attributes: EstimatorAttributes, name: string, names: readonly string[] | undefined): number {
  const place = names?.indexOf(name) ?? -1;
  if (place < 0)
    throw attributes.inconsistent(`it selects the column ${JSON.stringify(name)}, which the table does not have`);
  return place;
}
