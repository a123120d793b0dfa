import assert from "node:assert/strict";
import { test } from "node:test";
import { isIgnored, parseIgnoreFile } from "./ignore-file.js";

for (const [pattern, ignored, kept] of [
  ["data", ["data", "data/a.csv", "data/b/c"], ["other/data", "data.csv"]],
  ["/data/", ["data/a.csv"], ["other/data"]],
  ["*.csv", ["a.csv"], ["b/a.csv", "a.csv.gz"]],
  ["**/*.csv", ["a.csv", "b/a.csv", "b/c/a.csv"], ["a.tsv"]],
  ["data/**", ["data/a", "data/b/c"], ["other"]],
  ["**/test/**", ["a/test/b", "test/b"], ["tests/b"]],
  ["model-?.pkl", ["model-1.pkl"], ["model-.pkl", "model-12.pkl"]],
  ["a*b*c", ["abc", "aXbXbXc"], ["ab", "abcd"]],
  ["v[0-9].txt", ["v1.txt"], ["va.txt"]],
  ["v[^0-9].txt", ["va.txt"], ["v1.txt"]],
  ["\\*.txt", ["*.txt"], ["a.txt"]],
  ["[.txt", ["[.txt"], ["a.txt"]],
  ["# a comment\n\n  notes.md  ", ["notes.md"], ["# a comment"]],
  ["data\n!data/keep.csv", ["data/a.csv"], ["data/keep.csv"]],
  ["!data\ndata", ["data/a"], ["b"]],
] as const) {
  test(`${JSON.stringify(pattern)} excludes what Docker excludes`, () => {
    const rules = parseIgnoreFile(pattern);

    assert.deepEqual(
      [...ignored, ...kept].filter((path) => isIgnored(rules, path)),
      ignored,
    );
  });
}

test("matches a pattern of many stars in a moment", () => {
  const rules = parseIgnoreFile(`${"*a".repeat(200)}*b\n${"**/a/".repeat(100)}b`);

  assert.equal(isIgnored(rules, `${"a".repeat(250)}`), false);
  assert.equal(isIgnored(rules, `${"a/".repeat(1000)}c`), false);
});
