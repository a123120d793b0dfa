// Pickles written by hand, and changed pickles.

import { Cursor } from "../../src/base/index.js";
import { type Op, readOps } from "../../src/model/pickle/read-ops.js";

/** The bytes of a pickle: each character of a string is a byte, each number is a byte. */
export function pickleBytes(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const chunks = parts.map((part) => {
    if (typeof part === "number") return Uint8Array.of(part);
    return typeof part === "string" ? Uint8Array.from(part, (character) => character.charCodeAt(0)) : part;
  });
  return Buffer.concat(chunks);
}

/** SHORT_BINUNICODE of a string. */
export function shortText(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return pickleBytes(0x8c, bytes.length, bytes);
}

/** A copy of a pickle in which `change` has altered the bytes of the array that an attribute holds. */
export function withArrayBytes(file: Uint8Array, attribute: string, change: (bytes: DataView) => void): Uint8Array {
  const copy = new Uint8Array(file);
  const { argument } = opAfter(copy, attribute, (op) => op.argument instanceof Uint8Array && op.argument.length > 1);
  const bytes = argument as Uint8Array;
  change(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return copy;
}

/**
 * A copy of a pickle with other bytes in the place of the `count`th instruction of this name after an attribute's name.
 */
export function withInstruction(
  file: Uint8Array,
  attribute: string,
  name: string,
  count: number,
  ...bytes: number[]
): Uint8Array {
  const copy = new Uint8Array(file);
  let left = count;
  const { offset } = opAfter(copy, attribute, (op) => op.opcode.name === name && --left === 0);
  copy.set(bytes, offset);
  return copy;
}

function opAfter(file: Uint8Array, attribute: string, expected: (op: Op) => boolean): Op {
  let met = false;
  for (const op of readOps(new Cursor(file))) {
    if (op.argument === attribute) met = true;
    else if (met && expected(op)) return op;
  }
  throw new Error(`instruction not found after ${attribute}`);
}
