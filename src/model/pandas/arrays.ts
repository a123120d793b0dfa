// The values of pandas' arrays (numpy's, and those of pandas' own types), and its labels: an Index, which holds one.

import type { Scalar } from "../core/model.js";
import { NdArray } from "../numpy/ndarray.js";
import { Global, Instance, kindOf, Tuple, type Value } from "../pickle/values.js";
import { isArrowArray, readArrowArray } from "./arrow.js";
import { broken, unsupported } from "./errors.js";

/**
 * The values of an array in row-major order; a missing value is NaN or null.
 * @throws ModelError "pandas-unsupported" for dates, intervals and other types that no encoder uses
 */
export function readArray(value: Value | undefined): readonly Scalar[] {
  if (value instanceof NdArray) return readNumpyArray(value);
  if (value instanceof Instance) {
    if (isArrowArray(value)) return readArrowArray(value);
    switch (value.global.name) {
      case "StringArray":
        return readArray(backingOf(value));
      case "Categorical":
        return readCategorical(value);
      case "BooleanArray":
      case "FloatingArray":
      case "IntegerArray":
        return readMaskedArray(value);
    }
  }
  throw unsupported(`${kindOf(value)} as values`);
}

/** The shape of an array: of pandas' own types only the first axis of one. */
export function shapeOfArray(value: Value | undefined): readonly number[] {
  if (value instanceof NdArray) return value.shape;
  return [readArray(value).length];
}

function readNumpyArray(array: NdArray): readonly Scalar[] {
  if (array.dtype.letter === "M" || array.dtype.letter === "m") throw unsupported("dates or time spans as values");
  if (array.dtype.letter !== "O") return array.toScalars();
  return array.objects().map(readItem);
}

function readItem(item: Value): Scalar {
  if (item instanceof Global && item.name === "NA") return null;
  if (item === null || typeof item !== "object") return item;
  if (item instanceof NdArray && item.size === 1) return readNumpyArray(item)[0]!;
  throw unsupported(`${kindOf(item)} as a value`);
}

/** The numpy array inside: `(array, dtype, ...)` in any order, or an attribute `_ndarray` (until pandas 1.3). */
function backingOf({ state, attributes }: Instance): NdArray {
  const parts = state instanceof Tuple ? state.items : [attributes.get("_ndarray"), attributes.get("_codes")];
  const array = parts.find((part) => part instanceof NdArray);
  if (!array) throw broken("an array of pandas has no numpy array");
  return array;
}

function readCategorical(categorical: Instance): readonly Scalar[] {
  const { state, attributes } = categorical;
  const parts = state instanceof Tuple ? state.items : [attributes.get("_dtype")];
  const dtype = parts.find((part) => part instanceof Instance && part.global.name === "CategoricalDtype");
  const index = dtype instanceof Instance ? dtype.attributes.get("categories") : undefined;
  // Categories of categories could be a circle.
  if (index instanceof Instance && isCategorical(index.attributes.get("data")))
    throw broken("the categories of a Categorical are a Categorical");
  const categories = readIndex(index);
  return Array.from(backingOf(categorical).toNumbers(), (code) => {
    if (code === -1) return Number.NaN;
    const category = categories[code];
    if (category === undefined) throw broken(`a Categorical has the code ${code} of ${categories.length} categories`);
    return category;
  });
}

function readMaskedArray({ attributes }: Instance): readonly Scalar[] {
  const data = attributes.get("_data");
  const mask = attributes.get("_mask");
  if (!(data instanceof NdArray) || !(mask instanceof NdArray) || data.size !== mask.size)
    throw broken("an array with missing values has no mask of its length");
  const missing = mask.toNumbers();
  return data.toScalars().map((value, index) => (missing[index] ? null : value));
}

function isCategorical(value: Value | undefined): boolean {
  return value instanceof Instance && value.global.name === "Categorical";
}

/** Labels of a RangeIndex, which takes a few bytes whatever its length. Category encoders count far fewer. */
const rangeMax = 1 << 22;

const withData: ReadonlySet<string> = new Set([
  "CategoricalIndex",
  "Float64Index",
  "Index",
  "Int64Index",
  "UInt64Index",
]);

/** Whether this is a pandas Index that readIndex reads. */
export function isIndex(value: Value | undefined): boolean {
  if (!(value instanceof Instance) || !value.global.module.startsWith("pandas")) return false;
  return value.global.name === "RangeIndex" || withData.has(value.global.name);
}

/**
 * The labels of a pandas Index, in its order: the names of columns, the categories of a mapping.
 * @throws ModelError "pandas-unsupported" for a MultiIndex, dates and anything that is not an Index; "pandas-broken"
 */
export function readIndex(index: Value | undefined): readonly Scalar[] {
  if (!(index instanceof Instance) || !isIndex(index)) throw unsupported(`${kindOf(index)} as labels`);
  if (index.global.name === "RangeIndex") return readRange(index);
  const data = index.attributes.get("data");
  return readArray(data);
}

function readRange({ attributes }: Instance): readonly number[] {
  const [start, stop, step] = ["start", "stop", "step"].map((name) => attributes.get(name));
  if (![start, stop, step].every(Number.isSafeInteger) || step === 0)
    throw broken("a RangeIndex has no start, stop and step");
  const length = Math.max(0, Math.ceil((Number(stop) - Number(start)) / Number(step)));
  if (length > rangeMax) throw broken(`a RangeIndex of ${length} labels; the maximum is ${rangeMax}`);
  return Array.from({ length }, (_, place) => Number(start) + place * Number(step));
}
