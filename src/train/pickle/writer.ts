// Writes Python pickles of protocol 4, limited to what estimators contain: plain values, tuples, lists, dicts, globals,
// calls of globals, and objects with a state. It uses no memo: a value used twice is written twice.

/** The opcodes used, with their names in pickletools. */
const op = {
  PROTO: 0x80,
  STOP: 0x2e,
  NONE: 0x4e,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  BININT: 0x4a,
  LONG1: 0x8a,
  BINFLOAT: 0x47,
  BINUNICODE: 0x58,
  BINBYTES: 0x42,
  MARK: 0x28,
  EMPTY_TUPLE: 0x29,
  TUPLE: 0x74,
  EMPTY_LIST: 0x5d,
  APPENDS: 0x65,
  EMPTY_DICT: 0x7d,
  SETITEMS: 0x75,
  STACK_GLOBAL: 0x93,
  REDUCE: 0x52,
  NEWOBJ: 0x81,
  BUILD: 0x62,
} as const;

const protocol = 4;

/** A Python value. JavaScript numbers do not distinguish int and float; these constructors do. */
export type PythonValue =
  | { readonly kind: "none" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "str"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "tuple"; readonly items: readonly PythonValue[] }
  | { readonly kind: "list"; readonly items: readonly PythonValue[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [string, PythonValue])[] }
  | { readonly kind: "global"; readonly module: string; readonly name: string }
  /** `callable(*args)`, then `__setstate__(state)` if there is a state. */
  | { readonly kind: "call"; readonly callable: PythonValue; readonly args: PythonValue; readonly state?: PythonValue }
  /** `cls.__new__(cls)`, then its state. */
  | { readonly kind: "object"; readonly type: PythonValue; readonly state: PythonValue };

export const none: PythonValue = { kind: "none" };
export const bool = (value: boolean): PythonValue => ({ kind: "bool", value });
export const int = (value: number): PythonValue => ({ kind: "int", value });
export const float = (value: number): PythonValue => ({ kind: "float", value });
export const str = (value: string): PythonValue => ({ kind: "str", value });
export const bytes = (value: Uint8Array): PythonValue => ({ kind: "bytes", value });
export const tuple = (...items: readonly PythonValue[]): PythonValue => ({ kind: "tuple", items });
export const list = (items: readonly PythonValue[]): PythonValue => ({ kind: "list", items });
export const dict = (entries: Readonly<Record<string, PythonValue>>): PythonValue => ({
  kind: "dict",
  entries: Object.entries(entries),
});
export const global = (module: string, name: string): PythonValue => ({ kind: "global", module, name });
export const call = (callable: PythonValue, args: PythonValue, state?: PythonValue): PythonValue => ({
  kind: "call",
  callable,
  args,
  ...(state && { state }),
});
export const object = (type: PythonValue, state: PythonValue): PythonValue => ({ kind: "object", type, state });

export function writePickle(value: PythonValue): Uint8Array {
  return new Uint8Array(Buffer.concat([codes(op.PROTO, protocol), ...encode(value), codes(op.STOP)]));
}

function* encode(value: PythonValue): Generator<Uint8Array> {
  switch (value.kind) {
    case "none":
      yield codes(op.NONE);
      break;
    case "bool":
      yield codes(value.value ? op.NEWTRUE : op.NEWFALSE);
      break;
    case "int":
      yield integer(value.value);
      break;
    case "float":
      yield float64(value.value);
      break;
    case "str":
      yield* withLength(op.BINUNICODE, Buffer.from(value.value));
      break;
    case "bytes":
      yield* withLength(op.BINBYTES, value.value);
      break;
    case "tuple":
      yield codes(op.MARK);
      yield* encodeAll(value.items);
      yield codes(op.TUPLE);
      break;
    case "list":
      yield codes(op.EMPTY_LIST, op.MARK);
      yield* encodeAll(value.items);
      yield codes(op.APPENDS);
      break;
    case "dict":
      yield codes(op.EMPTY_DICT, op.MARK);
      for (const [key, item] of value.entries) yield* encodeAll([str(key), item]);
      yield codes(op.SETITEMS);
      break;
    case "global":
      yield* encodeAll([str(value.module), str(value.name)]);
      yield codes(op.STACK_GLOBAL);
      break;
    case "call":
      yield* encodeAll([value.callable, value.args]);
      yield codes(op.REDUCE);
      if (!value.state) break;
      yield* encode(value.state);
      yield codes(op.BUILD);
      break;
    case "object":
      yield* encode(value.type);
      yield codes(op.EMPTY_TUPLE, op.NEWOBJ);
      yield* encode(value.state);
      yield codes(op.BUILD);
      break;
    default:
      value satisfies never;
  }
}

function* encodeAll(values: readonly PythonValue[]): Generator<Uint8Array> {
  for (const value of values) yield* encode(value);
}

function codes(...all: number[]): Uint8Array {
  return Uint8Array.from(all);
}

function float64(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(9));
  view.setUint8(0, op.BINFLOAT);
  view.setFloat64(1, value, false);
  return new Uint8Array(view.buffer);
}

function integer(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`);
  const view = new DataView(new ArrayBuffer(10));
  if (value === (value | 0)) {
    view.setUint8(0, op.BININT);
    view.setInt32(1, value, true);
    return new Uint8Array(view.buffer, 0, 5);
  }
  view.setUint8(0, op.LONG1);
  view.setUint8(1, 8);
  view.setBigInt64(2, BigInt(value), true);
  return new Uint8Array(view.buffer);
}

function* withLength(code: number, content: Uint8Array): Generator<Uint8Array> {
  const head = new DataView(new ArrayBuffer(5));
  head.setUint8(0, code);
  head.setUint32(1, content.length, true);
  yield new Uint8Array(head.buffer);
  yield content;
}
