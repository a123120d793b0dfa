import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { testContext } from "../../../test/support/command-context.js";
import { projectPath } from "../../../test/support/project.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { tepal } from "../tepal.js";

/** Runs `tepal openapi` in a directory with the model iris.sav. */
async function openapiIn(t: TestContext, ...args: string[]) {
  const cwd = temporaryDirectory(t);
  copyFileSync(projectPath("examples/iris/iris_model.sav"), `${cwd}/iris.sav`);
  const context = testContext({ cwd });
  return { cwd, status: await tepal(["openapi", ...args], context), ...context.printed };
}

test("prints the OpenAPI document of a model file, with the path of its API", async (t) => {
  const { status, out, err } = await openapiIn(t, "iris.sav", "--route", "/species");

  assert.equal(status, 0, err);
  const document = JSON.parse(out);
  assert.equal(document.openapi, "3.1.0");
  assert.equal(document.info.title, "iris");
  assert.deepEqual(Object.keys(document.paths), ["/model", "/openapi.json", "/species"]);
});

test("writes the document into a file", async (t) => {
  const { status, out, err, cwd } = await openapiIn(t, "iris.sav", "--output", "openapi.json");

  assert.equal(status, 0, err);
  assert.equal(out, "openapi.json\n");
  assert.equal(JSON.parse(readFileSync(`${cwd}/openapi.json`, "utf8")).openapi, "3.1.0");
});

test("rejects a file that does not exist", async (t) => {
  const { status, err } = await openapiIn(t, "other.sav");

  assert.equal(status, 1);
  assert.match(err, /other\.sav.*\[file-unreadable\]/s);
});
