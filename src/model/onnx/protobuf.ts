// Protocol buffers' wire format, as far as an ONNX model's outline needs it:
// https://protobuf.dev/programming-guides/encoding

import type { TepalError } from "../../base/index.js";
import { Cursor } from "../../base/index.js";
import { ModelError } from "../errors.js";

interface Message {
  /** Whole numbers by their field. The last one counts. */
  readonly numbers: ReadonlyMap<number, number>;
  /** Strings, bytes and messages by their field, in order. */
  readonly parts: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** One field of a message; `value` is absent for numbers of a fixed length, which the outline has no use for. */
interface Field {
  readonly number: number;
  readonly value?: number | Uint8Array;
}

/** @throws ModelError "onnx-broken", "file-cut-short" */
export function readMessage(file: Uint8Array | undefined): Message {
  const numbers = new Map<number, number>();
  const parts = new Map<number, Uint8Array[]>();
  for (const { number, value } of fieldsOf(file)) {
    if (typeof value === "number") numbers.set(number, value);
    else if (value) {
      const list = parts.get(number);
      if (list) list.push(value);
      else parts.set(number, [value]);
    }
  }
  return { numbers, parts };
}

/**
 * All integers of a repeated field, packed or not. Those that a double cannot represent are rounded.
 * @throws ModelError "onnx-broken", "file-cut-short"
 */
export function integersOf(file: Uint8Array, field: number): readonly number[] {
  const found: number[] = [];
  for (const { number, value } of fieldsOf(file)) {
    if (number !== field || value === undefined) continue;
    if (typeof value === "number") found.push(value);
    else for (const bytes = new Cursor(value); bytes.remaining > 0; ) found.push(readVarint(bytes));
  }
  return found;
}

export function textOf(part: Uint8Array | undefined): string {
  return new TextDecoder().decode(part);
}

/** A field of a message: bytes, a string, or another message. */
export function encodeField(field: number, content: Uint8Array): Uint8Array {
  const head = [...encodeVarint(field * 8 + 2), ...encodeVarint(content.length)];
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

function encodeVarint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}

function* fieldsOf(file: Uint8Array | undefined): Generator<Field> {
  const bytes = new Cursor(file ?? new Uint8Array());
  while (bytes.remaining > 0) {
    const tag = readVarint(bytes);
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, value: readVarint(bytes) };
        break;
      case 1:
        bytes.advance(8, "a number");
        yield { number };
        break;
      case 2:
        yield { number, value: bytes.take(readVarint(bytes), "a field") };
        break;
      case 5:
        bytes.advance(4, "a number");
        yield { number };
        break;
      default:
        throw broken(`a field of type ${tag % 8} at byte ${bytes.offset}`);
    }
  }
}

/** Groups of seven bits, the lowest first: enough for 64 bits. */
const groupsMax = 10;

/** A signed integer of 64 bits: exact where a double can represent it. */
function readVarint(bytes: Cursor): number {
  // 28, 28 and 8 bits: the sum of the first two groups would not be exact for negative numbers.
  const words = [0, 0, 0];
  for (let group = 0; group < groupsMax; group++) {
    const byte = bytes.uint8("a number");
    words[group >> 2]! += (byte & 0x7f) * 2 ** (7 * (group & 3));
    if (byte >= 0x80) continue;
    const [low, middle, high] = [words[0]!, words[1]!, words[2]! & 0xff];
    return ((high < 0x80 ? high : high - 0x100) * 2 ** 28 + middle) * 2 ** 28 + low;
  }
  throw broken(`a number without an end at byte ${bytes.offset}`);
}

function broken(message: string): TepalError {
  return new ModelError("onnx-broken", `ONNX model: ${message}`);
}
