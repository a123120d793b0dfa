import assert from "node:assert/strict";
import { test } from "node:test";
import { Cursor } from "./cursor.js";

test("reads values in order, little-endian", () => {
  const bytes = new Cursor(Uint8Array.of(1, 2, 0, 0xff, 0xff, 0xff, 0xff));

  assert.deepEqual([bytes.uint8("a"), bytes.uint16("b"), bytes.int32("c"), bytes.remaining], [1, 2, -1, 0]);
});

for (const [name, length] of [
  ["more bytes than remain", 4],
  ["a negative length", -1],
  ["a length that is not a number", Number.NaN],
] as const) {
  test(`rejects ${name} with the offset`, () => {
    const bytes = new Cursor(Uint8Array.of(1, 2, 3, 4));
    bytes.uint8("opcode");

    assert.throws(() => bytes.take(length, "text"), {
      code: "file-cut-short",
      message: `Expected ${length} bytes of text at byte 1, found 3`,
      place: { byte: 1 },
    });
  });
}
