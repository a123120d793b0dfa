// The arguments that follow an opcode in the file. One function for each kind, as in CPython's pickletools.

import type { Cursor, TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { integerBytesMax, integerDigitsMax, shortLineMax } from "./limits.js";
import { decodeLatin1, decodeRawUnicodeEscape, decodeStringEscape, decodeUtf8, exactInteger } from "./text.js";
import type { Value } from "./values.js";

/** Module and name of a GLOBAL or INST. */
export interface TwoLines {
  readonly module: string;
  readonly name: string;
}

export type Argument = Value | TwoLines | undefined;
export type ReadArgument = (bytes: Cursor) => Argument;

export const nothing: ReadArgument = () => undefined;
export const uint8: ReadArgument = (bytes) => bytes.uint8("a number");
export const uint16: ReadArgument = (bytes) => bytes.uint16("a number");
export const int32: ReadArgument = (bytes) => bytes.int32("a number");
export const uint32: ReadArgument = (bytes) => bytes.uint32("a number");
export const float64: ReadArgument = (bytes) => bytes.float64BigEndian("a float");

/** The length of a frame. CPython reads that many bytes ahead, so a frame beyond the file's end is a cut file. */
export const frame: ReadArgument = (bytes) => {
  const length = length8(bytes, "a frame's length");
  if (length > bytes.remaining) bytes.advance(length, "a frame");
  return length;
};

export const bytes1: ReadArgument = (bytes) => bytes.take(bytes.uint8("a length"), "bytes");
export const bytes4: ReadArgument = (bytes) => bytes.take(bytes.uint32("a length"), "bytes");
export const bytes8: ReadArgument = (bytes) => bytes.take(length8(bytes, "a length"), "bytes");

export const utf8Of1: ReadArgument = (bytes) => utf8(bytes, bytes.uint8("a length"));
export const utf8Of4: ReadArgument = (bytes) => utf8(bytes, bytes.uint32("a length"));
export const utf8Of8: ReadArgument = (bytes) => utf8(bytes, length8(bytes, "a length"));

/** Python 2's str. Read as latin-1, which keeps every byte: it may be a string or an array's memory. */
export const string1: ReadArgument = (bytes) => decodeLatin1(bytes.take(bytes.uint8("a length"), "text"));
export const string4: ReadArgument = (bytes) => {
  const length = bytes.int32("a length");
  return decodeLatin1(bytes.take(length, "text"));
};

export const long1: ReadArgument = (bytes) => littleEndianInteger(bytes, bytes.uint8("a length"));
export const long4: ReadArgument = (bytes) => littleEndianInteger(bytes, bytes.int32("a length"));

/** "00" and "01" are Python 2.3's False and True. */
export const decimalLine: ReadArgument = (bytes) => {
  const at = bytes.offset;
  const text = line(bytes, shortLineMax);
  if (text === "00") return false;
  if (text === "01") return true;
  return decimal(text, at);
};

export const longLine: ReadArgument = (bytes) => {
  const at = bytes.offset;
  return decimal(line(bytes, shortLineMax).replace(/L$/, ""), at);
};

export const floatLine: ReadArgument = (bytes) => {
  const at = bytes.offset;
  const text = line(bytes, shortLineMax).trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (!special) throw broken(`"${text.slice(0, 40)}" is not a float`, at);
  if (/^nan$/i.test(special[2]!)) return Number.NaN;
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
};

export const quotedLine: ReadArgument = (bytes) => {
  const at = bytes.offset;
  const text = line(bytes).trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote) {
    throw broken("A string is not quoted", at);
  }
  return decodeStringEscape(text.slice(1, -1));
};

export const unicodeLine: ReadArgument = (bytes) => decodeRawUnicodeEscape(line(bytes));

export const shortLine: ReadArgument = (bytes) => line(bytes, shortLineMax);

export const twoLines: ReadArgument = (bytes) => {
  const at = bytes.offset;
  const module = lineBytes(bytes, shortLineMax);
  const name = lineBytes(bytes, shortLineMax);
  return { module: decodeUtf8(module, at), name: decodeUtf8(name, at) };
};

function utf8(bytes: Cursor, length: number): string {
  const at = bytes.offset;
  return decodeUtf8(bytes.take(length, "text"), at);
}

function length8(bytes: Cursor, what: string): number {
  return Number(bytes.uint64(what));
}

function littleEndianInteger(bytes: Cursor, length: number): number | bigint {
  const at = bytes.offset;
  if (length > integerBytesMax) {
    throw new ModelError("pickle-limit", `An integer of ${length} bytes; the maximum is ${integerBytesMax}`, {
      place: { byte: at },
    });
  }
  let value = 0n;
  const digits = bytes.take(length, "an integer");
  for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(digits[index]!);
  return exactInteger(BigInt.asIntN(8 * length, value));
}

function decimal(text: string, at: number): number | bigint {
  const digits = text.trim();
  if (digits.length > integerDigitsMax) {
    throw new ModelError("pickle-limit", `An integer of ${digits.length} digits; the maximum is ${integerDigitsMax}`, {
      place: { byte: at },
    });
  }
  if (!/^[+-]?\d+$/.test(digits)) throw broken(`"${digits.slice(0, 40)}" is not an integer`, at);
  return exactInteger(digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits.replace("+", "")));
}

function line(bytes: Cursor, lengthMax?: number): string {
  return decodeLatin1(lineBytes(bytes, lengthMax));
}

function lineBytes(bytes: Cursor, lengthMax = Number.POSITIVE_INFINITY): Uint8Array {
  const at = bytes.offset;
  const end = bytes.bytes.indexOf(0x0a, at);
  if (end < 0) bytes.advance(bytes.remaining + 1, "a line and its end");
  if (end - at > lengthMax) {
    throw new ModelError("pickle-limit", `A line of ${end - at} bytes; the maximum is ${lengthMax}`, {
      place: { byte: at },
    });
  }
  const text = bytes.take(end - at, "a line");
  bytes.advance(1, "a line's end");
  return text;
}

function broken(message: string, byte: number): TepalError {
  return new ModelError("pickle-broken", `${message} (byte ${byte})`, { place: { byte } });
}
