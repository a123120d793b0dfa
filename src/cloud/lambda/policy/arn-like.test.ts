import assert from "node:assert/strict";
import { test } from "node:test";
import { arnLike } from "./arn-like.js";

const source = "arn:aws:execute-api:us-east-1:000000000000:abc/prod/POST/predict";

for (const [pattern, matches] of [
  [source, true],
  ["arn:aws:execute-api:us-east-1:000000000000:abc/*/POST/*", true],
  ["arn:aws:execute-api:*:000000000000:abc/*", true],
  ["arn:aws:execute-api:us-east-?:000000000000:abc/*", true],
  ["arn:aws:execute-api:us-east-1:000000000000:abc", false],
  ["arn:aws:execute-api:us-east-1:000000000000:*/GET/*", false],
  ["arn:aws:*", false],
  ["*", false],
] as const) {
  test(`${pattern} ${matches ? "covers" : "does not cover"} the call`, () => {
    assert.equal(arnLike(pattern, source), matches);
  });
}

test("a pattern of many stars is answered at once", () => {
  assert.equal(arnLike(`a:b:c:d:e:${"*a".repeat(50)}b`, `a:b:c:d:e:${"a".repeat(5000)}`), false);
});
