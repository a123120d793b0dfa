// Protocol buffers' wire format, as far as an ONNX model's outline needs it:
// https://protobuf.dev/programming-guides/encoding

import { Cursor } from "../../base/index.js";
import { ModelError } from "../errors.js";

interface Message {
  /** Whole numbers by their field. The last one counts. */
  readonly numbers: ReadonlyMap<number, number>;
  /** Strings, bytes and messages by their field, in order. */
  readonly parts: ReadonlyMap<number, readonly Uint8Array[]>;
}

/** @throws ModelError "onnx-broken", "file-cut-short" */
export function readMessage(file: Uint8Array | undefined): Message {
  const bytes = new Cursor(file ?? new Uint8Array());
  const numbers = new Map<number, number>();
  const parts = new Map<number, Uint8Array[]>();
  while (bytes.remaining > 0) {
    const tag = readVarint(bytes);
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        numbers.set(field, readVarint(bytes));
        break;
      case 1:
        bytes.advance(8, "a number");
        break;
      case 2: {
        const part = bytes.take(readVarint(bytes), "a field");
        const list = parts.get(field);
        if (list) list.push(part);
        else parts.set(field, [part]);
        break;
      }
      case 5:
        bytes.advance(4, "a number");
        break;
      default:
        throw new ModelError("onnx-broken", `ONNX model: a field of type ${tag % 8} at byte ${bytes.offset}`);
    }
  }
  return { numbers, parts };
}

export function textOf(part: Uint8Array | undefined): string {
  return new TextDecoder().decode(part);
}

/** At most 64 bits; negative numbers come out as large ones, which no field of the outline has. */
function readVarint(bytes: Cursor): number {
  let value = 0;
  for (let weight = 1; weight < 2 ** 70; weight *= 128) {
    const byte = bytes.uint8("a number");
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value;
  }
  throw new ModelError("onnx-broken", `ONNX model: a number without an end at byte ${bytes.offset}`);
}
