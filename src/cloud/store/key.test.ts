import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeKey, encodeKey, endOfPrefix, keyBytesMax } from "./key.js";

for (const key of [
  ["000000000000", "us-east-1", "iris"],
  ["a/b", "", "größe", "日本語", "😀"],
  ["zero\0inside", "\0", "\0\0", "\0\u0001"],
  [],
]) {
  test(`the key ${JSON.stringify(key)} survives its encoding`, () => {
    assert.deepEqual(decodeKey(encodeKey(key)), key);
  });
}

test("encoded keys sort part by part, so that a name never falls among the children of another", () => {
  const sorted = [["a"], ["a", "b"], ["a", "b", "c"], ["a\0"], ["a-"], ["a/"], ["a/", "b"], ["ab"], ["b"]];

  assert.deepEqual(
    [...sorted].reverse().sort((left, right) => Buffer.compare(encodeKey(left), encodeKey(right))),
    sorted,
  );
});

test("a prefix covers the keys that begin with its parts, and no others", () => {
  const start = encodeKey(["a", "b"]);
  const end = endOfPrefix(start)!;
  const covered = (key: string[]) =>
    Buffer.compare(start, encodeKey(key)) <= 0 && Buffer.compare(encodeKey(key), end) < 0;

  assert.deepEqual(
    [["a", "b"], ["a", "b", "c"], ["a", "b", "\uffff"], ["a", "bc"], ["a", "b\0"], ["a"], ["a", "c"]].map(covered),
    [true, true, true, false, false, false, false],
  );
});

test("a key that is too long is refused with the limit", () => {
  assert.throws(() => encodeKey(["x".repeat(keyBytesMax)]), {
    message: "A key of 1980 bytes is too long for the store, which takes 1978",
  });
});
