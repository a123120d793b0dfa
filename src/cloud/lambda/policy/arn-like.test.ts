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
  test(`${pattern} ${matches ? "matches" : "does not match"} the ARN`, () => {
    assert.equal(arnLike(pattern, source), matches);
  });
}

test("matches a pattern of many stars in a short time", () => {
  assert.equal(arnLike(`a:b:c:d:e:${"*a".repeat(50)}b`, `a:b:c:d:e:${"a".repeat(5000)}`), false);
});
