// numpy values in pickles of protocol 4, with numpy 1's module names, which numpy 2 also reads.

import { bool, bytes, call, global, int, list, none, type PythonValue, str, tuple } from "./writer.js";

const multiarray = "numpy.core.multiarray";

interface Dtype {
  readonly code: string;
  readonly order: "<" | "|";
  /** Both are -1 if the code implies the size. */
  readonly itemBytes: number;
  readonly alignment: number;
  readonly flags: number;
}

const float64: Dtype = { code: "f8", order: "<", itemBytes: -1, alignment: -1, flags: 0 };
const int32: Dtype = { code: "i4", order: "<", itemBytes: -1, alignment: -1, flags: 0 };
const int64: Dtype = { code: "i8", order: "<", itemBytes: -1, alignment: -1, flags: 0 };
/** Flags of object arrays: contains references, needs the interpreter, and so on. */
const object: Dtype = { code: "O8", order: "|", itemBytes: -1, alignment: -1, flags: 63 };
const text = (characters: number): Dtype => ({
  code: `U${characters}`,
  order: "<",
  itemBytes: 4 * characters,
  alignment: 4,
  flags: 8,
});

function dtype({ code, order, itemBytes, alignment, flags }: Dtype): PythonValue {
  const state = tuple(int(3), str(order), none, none, none, int(itemBytes), int(alignment), int(flags));
  return call(global("numpy", "dtype"), tuple(str(code), bool(false), bool(true)), state);
}

function ndarray(shape: readonly number[], type: Dtype, data: PythonValue): PythonValue {
  const made = tuple(global("numpy", "ndarray"), tuple(int(0)), bytes(Uint8Array.of(0x62)));
  const inRowsFirst = bool(false);
  return call(
    global(multiarray, "_reconstruct"),
    made,
    tuple(int(1), tuple(...shape.map(int)), dtype(type), inRowsFirst, data),
  );
}

/** Little-endian on every machine: each value is set through a DataView. */
function packed(length: number, size: number, set: (view: DataView, at: number, index: number) => void): PythonValue {
  const view = new DataView(new ArrayBuffer(length * size));
  for (let i = 0; i < length; i++) set(view, i * size, i);
  return bytes(new Uint8Array(view.buffer));
}

export function float64Array(values: ArrayLike<number>, shape: readonly number[] = [values.length]): PythonValue {
  return ndarray(
    shape,
    float64,
    packed(values.length, 8, (view, at, i) => view.setFloat64(at, values[i]!, true)),
  );
}

export function int32Array(values: ArrayLike<number>): PythonValue {
  return ndarray(
    [values.length],
    int32,
    packed(values.length, 4, (view, at, i) => view.setInt32(at, values[i]!, true)),
  );
}

export function int64Array(values: readonly number[]): PythonValue {
  const data = packed(values.length, 8, (view, at, i) => view.setBigInt64(at, BigInt(values[i]!), true));
  return ndarray([values.length], int64, data);
}

/** Fixed-width UTF-32 strings padded with zeros, numpy's array of a list of strings. */
export function textArray(values: readonly string[]): PythonValue {
  const points = values.map((value) => Array.from(value, (character) => character.codePointAt(0)!));
  const width = Math.max(1, ...points.map((one) => one.length));
  const data = packed(values.length * width, 4, (view, at, i) =>
    view.setUint32(at, points[Math.floor(i / width)]![i % width] ?? 0, true),
  );
  return ndarray([values.length], text(width), data);
}

export function objectArray(values: readonly PythonValue[]): PythonValue {
  return ndarray([values.length], object, list(values));
}

export function float64Scalar(value: number): PythonValue {
  const data = packed(1, 8, (view) => view.setFloat64(0, value, true));
  return call(global(multiarray, "scalar"), tuple(dtype(float64), data));
}
