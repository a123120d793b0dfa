// Lists of names, numbers and labels that people save beside a model.

import type { Scalar } from "../core/model.js";
import { NdArray } from "../numpy/ndarray.js";
import { isIndex, readIndex } from "../pandas/arrays.js";
import { Dict, Tuple, type Value } from "../pickle/values.js";

/** Names of one list: a model of bag-of-words columns has thousands. */
const namesMax = 1 << 21;

/** A list of column names: a list, tuple, array or pandas Index of strings. Undefined for anything else. */
export function namesIn(value: Value | undefined): readonly string[] | undefined {
  const items = itemsIn(value);
  if (!items || items.length === 0 || items.length > namesMax) return undefined;
  return items.every((item) => typeof item === "string") ? items : undefined;
}

/** A number: an int, a float, or one of numpy's. Undefined for anything else. */
export function numberIn(value: Value | undefined): number | undefined {
  if (typeof value === "number") return value;
  const isNumber = value instanceof NdArray && value.size === 1 && "biuf".includes(value.dtype.letter);
  return isNumber ? value.toNumbers()[0] : undefined;
}

/**
 * Labels by number: a list of them, or a dict of number -> label, or of label -> number. Undefined for anything else.
 */
export function labelsIn(value: Value | undefined): readonly Scalar[] | undefined {
  if (!(value instanceof Dict)) {
    const items = itemsIn(value);
    return items?.every(isScalar) ? items : undefined;
  }
  const entries = [...value.entries].map(([key, item]) => [key, item] as const);
  return labelsByNumber(entries) ?? labelsByNumber(entries.map(([key, item]) => [item, key] as const));
}

function labelsByNumber(entries: readonly (readonly [Value, Value])[]): readonly Scalar[] | undefined {
  const labels = new Map<number, Scalar>();
  for (const [key, label] of entries) {
    const number = typeof key === "string" && /^\d{1,9}$/.test(key) ? Number(key) : numberIn(key);
    if (number === undefined || !Number.isInteger(number) || !isScalar(label)) return undefined;
    labels.set(number, label);
  }
  const list = Array.from({ length: labels.size }, (_, number) => labels.get(number));
  return list.every((label) => label !== undefined) && list.length > 0 ? list : undefined;
}

function itemsIn(value: Value | undefined): readonly (Value | Scalar)[] | undefined {
  if (value instanceof Tuple) return value.items;
  if (Array.isArray(value)) return value;
  if (value instanceof NdArray) {
    if (value.shape.length !== 1) return undefined;
    if (value.dtype.letter === "O") return value.objects();
    // Not dates, time spans and records, which are neither names nor labels.
    return "biufSU".includes(value.dtype.letter) ? value.toScalars() : undefined;
  }
  return isIndex(value) ? readIndex(value) : undefined;
}

function isScalar(value: Value | Scalar): value is Scalar {
  return value === null || typeof value !== "object";
}
