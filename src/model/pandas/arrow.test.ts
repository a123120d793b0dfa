// Arrays of strings of pyarrow that no pandas wrote: parts of others, 32-bit offsets, damaged buffers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Dict, Global, Instance, Tuple, type Value } from "../pickle/values.js";
import { readArrowArray } from "./arrow.js";

const call = (name: string, argument: Value) => new Instance(new Global("pyarrow.lib", name), [argument]);

interface Parts {
  readonly type?: string;
  readonly length?: Value;
  readonly start?: Value;
  readonly valid?: readonly number[];
  readonly offsets?: readonly number[];
  readonly text?: Uint8Array;
}

/** An array of "a", "bc" and "d" with 32-bit offsets, unless `parts` says otherwise. */
function strings({ type = "string", length = 3, start = 0, valid, offsets = [0, 1, 3, 4], text }: Parts): Instance {
  const bytes = new Uint8Array(Int32Array.from(offsets).buffer);
  const buffers = [
    valid ? call("py_buffer", Uint8Array.from(valid)) : null,
    call("py_buffer", bytes),
    call("py_buffer", text ?? new TextEncoder().encode("abcd")),
  ];
  const array = new Instance(new Global("pandas.arrays", "ArrowStringArray"));
  const state = new Dict();
  const parts = new Tuple([call("type_for_alias", type), length, 0, start, buffers, [], null]);
  state.set("_pa_array", call("_restore_array", parts));
  array.setState(state);
  return array;
}

test("reads strings with 32-bit offsets", () => {
  assert.deepEqual(readArrowArray(strings({})), ["a", "bc", "d"]);
});

test("reads a part of an array, with its flags of missing values", () => {
  assert.deepEqual(readArrowArray(strings({ length: 2, start: 1, valid: [0b011] })), ["bc", null]);
});

for (const [what, parts, message] of [
  ["more values than offsets", { length: 4 }, /an array of 4 strings has 16 bytes of offsets/],
  ["a length beyond any memory", { length: Number.MAX_SAFE_INTEGER - 1 }, /has 16 bytes of offsets/],
  ["too few flags", { offsets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], length: 9, valid: [255] }, /has 1 bytes of flags/],
  ["offsets that go back", { offsets: [0, 3, 1, 4] }, /string 2 of pyarrow is at bytes 3 to 1 of 4/],
  ["offsets beyond the text", { offsets: [0, 1, 3, 9] }, /at bytes 3 to 9 of 4/],
  ["negative offsets", { offsets: [-1, 1, 3, 4] }, /at bytes -1 to 1 of 4/],
  ["bytes that are not UTF-8", { text: Uint8Array.of(97, 0xc3, 0xc3, 97) }, /is not UTF-8 \(string 2\)/],
  ["a negative length", { length: -1 }, /has no length and buffers/],
  ["a fraction as the first value", { start: 0.5 }, /has no length and buffers/],
  ["values that are not strings", { type: "int64" }, /with int64 values of pyarrow is not supported/],
] as const) {
  test(`rejects ${what}`, () => {
    assert.throws(() => readArrowArray(strings(parts)), { code: /^pandas-(broken|unsupported)$/, message });
  });
}
