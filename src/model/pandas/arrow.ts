// Strings as pyarrow keeps them: those of pandas 3, where pyarrow is installed.

import type { Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { Instance, kindOf, Tuple, type Value } from "../pickle/values.js";
import { broken, unsupported } from "./errors.js";

/** Bytes of an offset by type: `string` has offsets of 32 bits, `large_string` of 64. */
const offsetBytes: ReadonlyMap<Value | undefined, number> = new Map([
  ["large_string", 8],
  ["large_utf8", 8],
  ["string", 4],
  ["utf8", 4],
]);

/** The names of pandas' classes for them; the last one is pandas 2's. */
export const arrowClasses = ["ArrowStringArray", "ArrowExtensionArray", "ArrowStringArrayNumpySemantics"] as const;

export function isArrowArray({ global }: Instance): boolean {
  return arrowClasses.some((name) => name === global.name);
}

/**
 * The strings of one of these arrays. A missing one is what its dtype says: NaN, or null for pandas.NA.
 * @throws ModelError "pandas-unsupported" for values that are not strings; "pandas-broken"
 */
export function readArrowArray({ attributes }: Instance): readonly Scalar[] {
  // `_data` until pandas 2.1.
  const array = attributes.get("_pa_array") ?? attributes.get("_data");
  const parts = array instanceof Instance && array.global.name === "_restore_array" ? array.args[0] : undefined;
  if (!(parts instanceof Tuple)) throw unsupported(`${kindOf(array)} as strings`);
  const dtype = attributes.get("_dtype");
  const missing = dtype instanceof Instance && Number.isNaN(dtype.args[1]) ? Number.NaN : null;
  const [type, length, , start, buffers] = parts.items;
  const typeName = argumentOf(type, "type_for_alias");
  const width = offsetBytes.get(typeName);
  if (width === undefined)
    throw unsupported(typeof typeName === "string" ? `${printable(typeName)} values of pyarrow` : "values of pyarrow");
  if (!isCount(length) || !isCount(start) || !Array.isArray(buffers) || buffers.length !== 3)
    throw broken("an array of strings of pyarrow has no length and buffers");
  const [valid, offsets, text] = buffers.map((buffer) => (buffer === null ? null : bytesOf(buffer)));
  return readStrings({ length, start, width, valid, offsets, text, missing });
}

interface Strings {
  readonly length: number;
  /** Values before the first one: the array is a part of another one. */
  readonly start: number;
  readonly width: number;
  /** A bit for each value, the lowest first; null where none is missing. */
  readonly valid: Uint8Array | null | undefined;
  /** Where each value begins in `text`, and where the last one ends. */
  readonly offsets: Uint8Array | null | undefined;
  readonly text: Uint8Array | null | undefined;
  readonly missing: Scalar;
}

function readStrings({ length, start, width, valid, offsets, text, missing }: Strings): readonly Scalar[] {
  if (length === 0) return [];
  if (!offsets || offsets.length < (start + length + 1) * width)
    throw broken(`an array of ${length} strings has ${offsets?.length ?? 0} bytes of offsets`);
  if (valid && valid.length * 8 < start + length)
    throw broken(`an array of ${length} strings has ${valid.length} bytes of flags`);
  const view = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
  const offset = (index: number) =>
    width === 8 ? Number(view.getBigInt64(index * 8, true)) : view.getInt32(index * 4, true);
  const characters = text ?? new Uint8Array();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return Array.from({ length }, (_, index) => {
    const place = start + index;
    const [from, to] = [offset(place), offset(place + 1)];
    // Offsets that only grow: all strings together are not longer than the file.
    if (!(from >= 0 && from <= to && to <= characters.length))
      throw broken(`string ${index + 1} of pyarrow is at bytes ${from} to ${to} of ${characters.length}`);
    if (valid && !((valid[place >> 3]! >> (place & 7)) & 1)) return missing;
    try {
      return decoder.decode(characters.subarray(from, to));
    } catch (cause) {
      throw new ModelError("pandas-broken", `A string of pyarrow is not UTF-8 (string ${index + 1})`, { cause });
    }
  });
}

function bytesOf(buffer: Value): Uint8Array {
  const bytes = argumentOf(buffer, "py_buffer");
  if (!(bytes instanceof Uint8Array)) throw broken(`expected a buffer of pyarrow, found ${kindOf(buffer)}`);
  return bytes;
}

/** The argument of a call of this name, which the pickle keeps as an object. */
function argumentOf(value: Value | undefined, name: string): Value | undefined {
  return value instanceof Instance && value.global.name === name ? value.args[0] : undefined;
}

function isCount(value: Value | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
