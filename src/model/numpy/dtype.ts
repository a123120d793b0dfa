// numpy's dtype: how the bytes of an array are to be read.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { Built, Dict, Global, kindOf, Tuple, type Value } from "../pickle/values.js";

/**
 * numpy's letters: b bool, i int, u unsigned, f float, S bytes, U text (UTF-32), O Python objects, V record,
 * M datetime, m timedelta.
 */
type DTypeKind = "b" | "i" | "u" | "f" | "S" | "U" | "O" | "V" | "M" | "m";

export interface Field {
  readonly dtype: DType;
  /** Where the field begins in a record. Never assume packing: aligned records have gaps. */
  readonly offset: number;
}

/** Kinds and the sizes in bytes that are read; empty: any size. */
const itemBytes: Readonly<Record<DTypeKind, readonly number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8],
  S: [],
  U: [],
  O: [],
  V: [],
  // Kept as bytes: no supported estimator computes with dates.
  M: [8],
  m: [8],
};

/** Bytes of one item. Larger strings and records are neither features nor labels. */
const itemBytesMax = 1 << 20;

/** Fields of a record: scikit-learn's widest has 13. */
const fieldsMax = 100;

/** Records within records. */
const depthMax = 4;

export class DType extends Built {
  readonly kind = "numpy.dtype";
  readonly letter: DTypeKind;
  /** Bytes of one item. 8 for objects, as on the machine that wrote the file, though none are stored. */
  itemBytes: number;
  /** numpy.record: the size of an item is in the state only. */
  readonly #sizedByState: boolean;
  bigEndian = false;
  fields: ReadonlyMap<string, Field> = new Map();
  /** Records nested in this one; 0 for anything else. */
  depth = 0;

  /** @param code as numpy writes it: "f8", "<i4", "U10", "O", "V56". */
  constructor(code: string, sizedByState = false) {
    super();
    this.#sizedByState = sizedByState;
    const match = /^([<>=|]?)([a-zA-Z?])(\d*)$/.exec(code);
    const letter = match?.[2] === "?" ? "b" : match?.[2];
    if (!match || !letter || !Object.hasOwn(itemBytes, letter)) throw broken(`The dtype "${code}" is not supported`);
    this.letter = letter as DTypeKind;
    this.itemBytes = Number(match[3] || (letter === "O" ? 8 : letter === "b" ? 1 : 0));
    this.bigEndian = match[1] === ">";
    const sizes = itemBytes[this.letter];
    if (
      (sizes.length > 0 && !sizes.includes(this.itemBytes)) ||
      (this.letter === "U" && this.itemBytes > itemBytesMax)
    ) {
      throw broken(`The dtype "${code}" is not supported`);
    }
    // numpy counts a string's characters, and stores four bytes for each.
    if (this.letter === "U") this.itemBytes *= 4;
    if (this.itemBytes > itemBytesMax)
      throw broken(`An item of ${this.itemBytes} bytes; the maximum is ${itemBytesMax}`);
  }

  /** As numpy prints it: "<f8". */
  get code(): string {
    const size = this.letter === "U" ? this.itemBytes / 4 : this.itemBytes;
    return `${this.bigEndian ? ">" : "<"}${this.letter}${this.letter === "O" ? "" : size}`;
  }

  /** (version, byte order, subarray, names, fields, item size, alignment, flags [, metadata]) */
  override setState(state: Value): void {
    const [, order, subarray, names, fields, itemSize] = state instanceof Tuple ? state.items : [];
    if (typeof order !== "string") throw broken(`A dtype's state is ${kindOf(state)}`);
    if (subarray !== null && subarray !== undefined) throw broken("A dtype of nested arrays is not supported");
    this.bigEndian = order === ">";
    if (this.#sizedByState) this.itemBytes = recordBytes(itemSize);
    if (fields instanceof Dict && names instanceof Tuple) this.#setFields(names, fields);
    // The constructor's code has the size; here it is repeated for strings and records.
    if (typeof itemSize === "number" && itemSize >= 0 && itemSize !== this.itemBytes && this.letter !== "O") {
      throw broken(`A dtype's size is both ${this.itemBytes} and ${itemSize} bytes`);
    }
  }

  #setFields(names: Tuple, fields: Dict): void {
    if (names.items.length > fieldsMax) throw broken(`A record of ${names.items.length} fields, at most ${fieldsMax}`);
    const read = new Map<string, Field>();
    for (const name of names.items) {
      const field = fields.get(name);
      const [dtype, offset] = field instanceof Tuple ? field.items : [];
      if (typeof name !== "string" || !(dtype instanceof DType) || typeof offset !== "number") {
        throw broken("A record's fields are not names, dtypes and offsets");
      }
      if (dtype.letter === "O") throw broken("Records that hold Python objects are not supported");
      if (!Number.isInteger(offset) || offset < 0 || offset + dtype.itemBytes > this.itemBytes) {
        throw broken(`The field ${JSON.stringify(name)} is outside of its record of ${this.itemBytes} bytes`);
      }
      if (dtype.depth >= depthMax) throw broken(`More than ${depthMax} nested records`);
      this.depth = Math.max(this.depth, dtype.depth + 1);
      read.set(name, { dtype, offset });
    }
    this.fields = read;
  }
}

function recordBytes(size: Value | undefined): number {
  if (typeof size === "number" && Number.isInteger(size) && size >= 0 && size <= itemBytesMax) return size;
  throw broken(`A record of ${String(size)} bytes; the maximum is ${itemBytesMax}`);
}

/** The class of a recarray's items, which numpy names instead of a code. */
export const recordType = {
  modules: ["numpy", "numpy.rec", "numpy.core.records", "numpy._core.records"],
  name: "record",
};

/** The dtype that `numpy.dtype(...)` was called for: a code, or a type's name. */
export function makeDType(args: readonly Value[]): DType {
  const [code] = args;
  if (typeof code === "string") return new DType(code);
  if (code instanceof Global && code.name === recordType.name && recordType.modules.includes(code.module)) {
    return new DType("V0", true);
  }
  const named = code instanceof Global && code.module === "numpy" ? typeCodes[code.name] : undefined;
  if (named === undefined) throw broken(`A dtype cannot be built from ${kindOf(code)}`);
  return new DType(named);
}

/** numpy's types that files give as names. */
export const typeCodes: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  bool_: "b1",
  bool: "b1",
  int8: "i1",
  int16: "i2",
  int32: "i4",
  int64: "i8",
  uint8: "u1",
  uint16: "u2",
  uint32: "u4",
  uint64: "u8",
  float16: "f2",
  float32: "f4",
  float64: "f8",
  object_: "O",
});

function broken(message: string): TepalError {
  return new ModelError("numpy-broken", message);
}
