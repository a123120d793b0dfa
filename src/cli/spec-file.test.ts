import assert from "node:assert/strict";
import { test } from "node:test";
import { testContext } from "../../test/support/command-context.js";
import { directoryOf } from "../../test/support/temporary-directory.js";
import { requestedModel } from "./spec-file.js";

const none = { model: [], config: undefined };

test("reads tepal.yaml of the working directory where no MODEL is named", async (t) => {
  const cwd = directoryOf(t, { "tepal.yaml": "model:\n  steps: [s.pkl, m.pkl]\n  threshold: 0.35\n" });

  const { value, directory, specPath } = await requestedModel(none, testContext({ cwd }));

  assert.deepEqual(value, { steps: ["s.pkl", "m.pkl"], threshold: 0.35 });
  assert.equal(directory, cwd);
  assert.equal(specPath, "tepal.yaml");
});

test("paths of a spec file are relative to its directory", async (t) => {
  const cwd = directoryOf(t, { "specs/churn.yaml": "model: m.pkl\n" });

  const { value, directory } = await requestedModel({ model: [], config: "specs/churn.yaml" }, testContext({ cwd }));

  assert.equal(value, "m.pkl");
  assert.equal(directory, `${cwd}/specs`);
});

test("MODEL takes precedence over tepal.yaml", async (t) => {
  const cwd = directoryOf(t, { "tepal.yaml": "model: other.pkl\n" });

  const { value, specPath } = await requestedModel(
    { model: ["s.pkl", "m.pkl"], config: undefined },
    testContext({ cwd }),
  );

  assert.deepEqual(value, ["s.pkl", "m.pkl"]);
  assert.equal(specPath, undefined);
});

test("rejects MODEL together with --config, and neither of them", async (t) => {
  const context = testContext({ cwd: directoryOf(t, {}) });

  await assert.rejects(requestedModel({ model: ["m"], config: "c.yaml" }, context), { code: "command-line" });
  await assert.rejects(requestedModel(none, context), { code: "command-line", message: /^Missing MODEL/ });
  await assert.rejects(requestedModel({ model: [], config: "c.yaml" }, context), { code: "file-unreadable" });
});

for (const [name, text, message, hint] of [
  ["a misspelled key", "modle: m.pkl\n", /^Unknown key "modle"$/, /^Did you mean "model"\?$/],
  ["no model", "example: 1\n", /^The key "model" is missing$/],
  ["an empty model", "model:\n", /^The key "model" is missing$/],
  ["an empty file", "", /^The file is not a mapping/],
  ["a list", "- m.pkl\n", /^The file is not a mapping/],
  ["an error of YAML, with its place", "model: [a\nexample: }\n", / at line \d+, column \d+$/],
  ["a key twice", "model: a\nmodel: b\n", /unique/],
  ["an unknown key of schema", "model: a\nschema: {requests: {}}\n", /^Unknown key schema\.requests$/],
  ["a schema that is not a mapping", "model: a\nschema: {request: 7}\n", /^schema\.request is not a JSON Schema$/],
  [
    "aliases that expand without end",
    `a: &a [1, 1]\n${"bcdefghij".replace(/./g, (key) => {
      const before = String.fromCharCode(key.charCodeAt(0) - 1);
      return `${key}: &${key} [${Array(9).fill(`*${before}`).join(", ")}]\n`;
    })}model: *j\n`,
    /alias/i,
  ],
  [
    "a file of more than a mebibyte",
    `model: ${"a".repeat(1 << 20)}\n`,
    /^The file has \d+ bytes; a spec file has at most/,
  ],
  ["brackets that are nested deeply", `model: ${"[".repeat(20_000)}`, /^The file is nested more than 200 levels$/],
  ["lists that are nested deeply", `${"- ".repeat(20_000)}a`, /^The file is nested more than 200 levels$/],
] as const) {
  test(`rejects ${name}`, async (t) => {
    const cwd = directoryOf(t, { "tepal.yaml": text });

    await assert.rejects(requestedModel(none, testContext({ cwd })), (error: Error & Record<string, unknown>) => {
      assert.equal(error.code, "spec-file-invalid", String(error));
      assert.match(error.message, message);
      assert.deepEqual(error.place, { file: "tepal.yaml" });
      if (hint) assert.match(String(error.hint), hint);
      return true;
    });
  });
}
