import assert from "node:assert/strict";
import { test } from "node:test";
import { mainThreadBudget, withinBudget, workerBudget } from "../worker/budget.js";
import { javaRegex } from "./java-regex.js";

for (const [pattern, text, matches] of [
  // AWS's documentation says "Invalid*", which does not match at AWS: the whole text must match.
  ["Invalid*", "Invalid input", false],
  ["Invalid.*", "Invalid input", true],
  [".*Invalid.*", "an Invalid input", true],
  [".*", "two\nlines", false],
  ["(\\n|.)*", "two\nlines", true],
  ["(?s).*", "two\nlines", true],
  [".*", "", true],
  [".+", "", false],
  ["(?i)error", "ERROR", true],
  ["a|b", "b", true],
  ["4\\d{2}", "404", true],
  ["\\QA.B\\E.*", "A.Bc", true],
  ["\\QA.B\\E.*", "AxB", false],
  ["a++b", "aab", true],
  ["(?>a|ab)c", "ac", true],
  ["\\p{Alpha}+", "abc", true],
  ["[\\p{Digit}x]+", "1x2", true],
  ["\\p{L}+", "\u00e9", true],
  ["(?<name>a)\\k<name>", "aa", true],
  ["\\Aabc\\z", "abc", true],
  ["[]a]+", "]a", true],
  ["[^\\]]+", "abc", true],
] as const) {
  test(`${pattern} ${matches ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
    const result = withinBudget(workerBudget(), () => javaRegex(pattern).matches(text));
    assert.equal(result, matches);
  });
}

for (const pattern of ["(", "[a", "[a-z&&[^b]]", "(?x)a", "*"]) {
  test(`${pattern} is rejected`, () => {
    assert.throws(() => withinBudget(mainThreadBudget(), () => javaRegex(pattern)), { name: "JavaRegexError" });
  });
}
