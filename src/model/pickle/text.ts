// How pickles write strings and numbers.

import { ModelError } from "../errors.js";

// A byte order mark at the start of a Python str is a character like any other.
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/**
 * Below this length a loop is several times faster than TextDecoder; most strings are attribute names and short words.
 */
const shortTextBytes = 32;

export function decodeUtf8(bytes: Uint8Array, offset: number): string {
  if (bytes.length <= shortTextBytes && bytes.every(isAscii)) return String.fromCharCode(...bytes);
  try {
    return utf8Decoder.decode(bytes);
  } catch (cause) {
    throw new ModelError("pickle-broken", `The string at byte ${offset} is not UTF-8`, {
      place: { byte: offset },
      cause,
    });
  }
}

function isAscii(byte: number): boolean {
  return byte < 0x80;
}

/** One character a byte: latin-1, and the bytes of a Python 2 str. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 4096) {
    text += String.fromCharCode(...bytes.subarray(start, start + 4096));
  }
  return text;
}

/** The bytes of a string whose characters are bytes. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Python's raw-unicode-escape: only \uXXXX and \UXXXXXXXX are escapes. */
export function decodeRawUnicodeEscape(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (whole, short?: string, long?: string) => {
    const point = Number.parseInt(short ?? long!, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The content of a Python 2 string literal without its quotes. */
export function decodeStringEscape(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g,
    (whole, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return Object.hasOwn(escapes, letter!) ? escapes[letter!]! : whole;
    },
  );
}

/** A number where a double holds it exactly, a bigint beyond. */
export function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Text from a hostile file, safe to print: short, ASCII, one line. */
export function printable(text: string, charactersMax = 120): string {
  const cut = text.length > charactersMax ? `${text.slice(0, charactersMax)}...` : text;
  return cut.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
