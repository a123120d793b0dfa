import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeKey, encodeKey, endOfPrefix, keyBytesMax } from "./key.js";

for (const key of [
  ["000000000000", "us-east-1", "iris"],
  ["a/b", "", "größe", "日本語", "😀"],
  ["zero\0inside", "\0", "\0\0", "\0\u0001"],
  [],
]) {
  test(`decodes the encoded key ${JSON.stringify(key)}`, () => {
    assert.deepEqual(decodeKey(encodeKey(key)), key);
  });
}

test("sorts keys part by part, so that no key is between a key and its children", () => {
  const sorted = [["a"], ["a", "b"], ["a", "b", "c"], ["a\0"], ["a-"], ["a/"], ["a/", "b"], ["ab"], ["b"]];

  assert.deepEqual(
    [...sorted].reverse().sort((left, right) => Buffer.compare(encodeKey(left), encodeKey(right))),
    sorted,
  );
});

test("covers exactly the keys that begin with the parts of a prefix", () => {
  const start = encodeKey(["a", "b"]);
  const end = endOfPrefix(start)!;
  const covered = (key: string[]) =>
    Buffer.compare(start, encodeKey(key)) <= 0 && Buffer.compare(encodeKey(key), end) < 0;

  assert.deepEqual(
    [["a", "b"], ["a", "b", "c"], ["a", "b", "\uffff"], ["a", "bc"], ["a", "b\0"], ["a"], ["a", "c"]].map(covered),
    [true, true, true, false, false, false, false],
  );
});

test("rejects a key that is too long, and names the limit", () => {
  assert.throws(() => encodeKey(["x".repeat(keyBytesMax)]), {
    message: "A key has 1980 bytes; the store's limit is 1978",
  });
});
