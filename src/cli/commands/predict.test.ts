import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { testContext } from "../../../test/support/command-context.js";
import { projectPath } from "../../../test/support/project.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { tepal } from "../tepal.js";

/** What `tepal predict` prints in a directory with the model iris.sav and the request in.json. */
async function predictIn(t: TestContext, request: unknown, spec: string | undefined, ...args: string[]) {
  const cwd = temporaryDirectory(t);
  copyFileSync(projectPath("examples/iris/iris_model.sav"), `${cwd}/iris.sav`);
  writeFileSync(`${cwd}/in.json`, JSON.stringify(request));
  if (spec !== undefined) writeFileSync(`${cwd}/tepal.yaml`, spec);
  const context = testContext({ cwd, readInput: async () => "[[5.9, 3.0, 5.1, 2.3]]" });
  return { status: await tepal(["predict", ...args], context), ...context.printed };
}

const rows = [[5.9, 3.0, 5.1, 2.3]];

for (const [name, request] of [
  ["rows", rows],
  ["an object with values", { values: rows }],
] as const) {
  test(`reads a JSON file of ${name} as the request, with MODEL and with a spec file`, async (t) => {
    const piped = await predictIn(t, [], undefined, "iris.sav");

    for (const [spec, args] of [
      [undefined, ["iris.sav", "in.json"]],
      ["model: iris.sav\n", ["in.json"]],
    ] as const) {
      const { status, out, err } = await predictIn(t, request, spec, ...args);

      assert.equal(status, 0, err);
      assert.equal(out, piped.out);
    }
  });
}

test("a JSON file that is not a request is a part of the model", async (t) => {
  const { status, err } = await predictIn(t, { labels: {} }, undefined, "iris.sav", "in.json");

  assert.equal(status, 1);
  assert.match(err, /in\.json/);
});

for (const [name, args] of [
  ["@FILE", ["iris.sav", "@in.json"]],
  ["@FILE before the model", ["@in.json", "iris.sav"]],
  ["standard input as -", ["iris.sav", "-"]],
  ["standard input as - for a spec file's model", ["-"]],
] as const) {
  test(`reads the request from ${name}`, async (t) => {
    const { status, out, err } = await predictIn(t, rows, args.length === 1 ? "model: iris.sav\n" : undefined, ...args);

    assert.equal(status, 0, err);
    assert.equal(out, "[2]\n");
  });
}

test("--method chooses the method, and a missing @FILE is named", async (t) => {
  const probabilities = await predictIn(t, rows, undefined, "iris.sav", "@in.json", "--method", "decision_function");
  const missing = await predictIn(t, rows, undefined, "iris.sav", "@none.json");

  assert.match(probabilities.out, /^\[\[-?\d+\.\d+,/);
  assert.equal(missing.status, 1);
  assert.match(missing.err, /Cannot read none\.json: the file does not exist/);
});
