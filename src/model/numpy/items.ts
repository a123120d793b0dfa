// The items of an array, read from its bytes by kind, size and byte order.

import type { Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { decodeLatin1, exactInteger } from "../pickle/text.js";
import type { DType } from "./dtype.js";

type ReadNumber = (view: DataView, byte: number, littleEndian: boolean) => number;

/** Readers of numbers by kind and size; 64-bit integers round to the nearest double here. */
const readNumbers: Readonly<Record<string, ReadNumber>> = {
  b1: (view, byte) => (view.getUint8(byte) === 0 ? 0 : 1),
  i1: (view, byte) => view.getInt8(byte),
  i2: (view, byte, little) => view.getInt16(byte, little),
  i4: (view, byte, little) => view.getInt32(byte, little),
  i8: (view, byte, little) => Number(view.getBigInt64(byte, little)),
  u1: (view, byte) => view.getUint8(byte),
  u2: (view, byte, little) => view.getUint16(byte, little),
  u4: (view, byte, little) => view.getUint32(byte, little),
  u8: (view, byte, little) => Number(view.getBigUint64(byte, little)),
  f2: (view, byte, little) => float16(view.getUint16(byte, little)),
  f4: (view, byte, little) => view.getFloat32(byte, little),
  f8: (view, byte, little) => view.getFloat64(byte, little),
};

/** The reader of a dtype's items as doubles. @throws ModelError "numpy-broken" for a dtype that holds no numbers. */
export function numberReader(dtype: DType): (view: DataView, byte: number) => number {
  const read = readNumbers[`${dtype.letter}${dtype.itemBytes}`];
  if (!read) throw new ModelError("numpy-broken", `Expected numbers, found an array of dtype ${dtype.code}`);
  const littleEndian = !dtype.bigEndian;
  return (view, byte) => read(view, byte, littleEndian);
}

/** The reader of a dtype's items as Python would show them: exact integers, bools, strings. */
export function scalarReader(dtype: DType): (view: DataView, byte: number) => Scalar {
  const littleEndian = !dtype.bigEndian;
  switch (dtype.letter) {
    case "b":
      return (view, byte) => view.getUint8(byte) !== 0;
    case "i":
      if (dtype.itemBytes < 8) return numberReader(dtype);
      return (view, byte) => exactInteger(view.getBigInt64(byte, littleEndian));
    case "u":
      if (dtype.itemBytes < 8) return numberReader(dtype);
      return (view, byte) => exactInteger(view.getBigUint64(byte, littleEndian));
    case "f":
      return numberReader(dtype);
    case "S":
      return (view, byte) => decodeLatin1(bytesOf(view, byte, dtype.itemBytes)).replace(/\0+$/, "");
    case "U":
      return (view, byte) => utf32(view, byte, dtype.itemBytes, littleEndian);
    case "O":
    case "V":
    case "M":
    case "m":
      throw new ModelError("numpy-broken", `Expected numbers or strings, found an array of dtype ${dtype.code}`);
    default:
      return dtype.letter satisfies never;
  }
}

function bytesOf(view: DataView, byte: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + byte, length);
}

/** numpy pads its strings with NUL. */
function utf32(view: DataView, byte: number, length: number, littleEndian: boolean): string {
  let end = length;
  while (end > 0 && view.getUint32(byte + end - 4, littleEndian) === 0) end -= 4;
  let text = "";
  for (let at = 0; at < end; at += 4) {
    const point = view.getUint32(byte + at, littleEndian);
    if (point > 0x10ffff) throw new ModelError("numpy-broken", `${point} is not a character`);
    text += String.fromCodePoint(point);
  }
  return text;
}

/** IEEE 754 half precision. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
