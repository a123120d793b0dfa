import assert from "node:assert/strict";
import { test } from "node:test";
import { storageFaultOf } from "./storage-fault.js";

for (const [name, error, reason] of [
  ["a full disk", Object.assign(new Error("write"), { code: "ENOSPC" }), /the disk is full/],
  ["a quota", Object.assign(new Error("write"), { code: "EDQUOT" }), /the disk is full/],
  ["a full disk under LMDB", Object.assign(new Error("No space left on device"), { code: 28 }), /the disk is full/],
  ["a read-only disk", Object.assign(new Error("open"), { code: "EROFS" }), /it is read-only/],
] as const) {
  test(`explains ${name}`, () => {
    assert.match(storageFaultOf(error) ?? "", reason);
  });
}

test("does not explain other errors", () => {
  assert.deepEqual([storageFaultOf(new TypeError("x")), storageFaultOf("x")], [undefined, undefined]);
});
