import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { StepBudget, substituterOf } from "./pattern-matcher.js";
import { parsePattern } from "./python-pattern.js";

test("replaces what re.sub replaces in every text of substitutions.json", () => {
  const path = projectPath("src/model/regex/fixtures/substitutions.json");
  const rows = JSON.parse(readFileSync(path, "utf8")) as [string, string, string, string][];

  for (const [pattern, replacement, text, result] of rows) {
    const found = substituterOf(parsePattern(pattern), replacement)(text, new StepBudget());
    assert.equal(found, result, `${pattern} in ${JSON.stringify(text)}`);
  }
});

test("a long replacement of every character exhausts the steps of a request, not the memory", () => {
  const substitute = substituterOf(parsePattern("."), "x".repeat(1_000));

  assert.throws(() => substitute("a".repeat(100_000), new StepBudget()), { code: "input-pattern-limit" });
});
