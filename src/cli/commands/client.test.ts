import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { testContext } from "../../../test/support/command-context.js";
import { projectPath } from "../../../test/support/project.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { tepal } from "../tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");

async function client(t: TestContext, ...args: string[]) {
  const context = testContext({ cwd: temporaryDirectory(t), json: args.includes("--json") });
  return { cwd: context.cwd, status: await tepal(["client", ...args], context), ...context.printed };
}

test("prints a client, or writes it to a file and prints its path", async (t) => {
  const printed = await client(t, iris, "--language", "python");
  const written = await client(t, iris, "--language", "python", "--output", "iris_client.py");

  assert.equal(written.out, "iris_client.py\n");
  assert.equal(readFileSync(join(written.cwd, "iris_client.py"), "utf8"), printed.out);
});

for (const [name, args, status, code] of [
  ["an unknown language", [iris, "--language", "cobol"], 2, "command-line"],
  ["a missing language", [iris], 2, "command-line"],
  ["a model file that does not exist", ["absent.pkl", "--language", "python"], 1, "file-unreadable"],
  ["a deployment without a cloud", ["iris", "--language", "python", "--port", "1"], 1, "cloud-not-running"],
] as const) {
  test(`rejects ${name}`, async (t) => {
    const rejected = await client(t, ...args, "--json");

    assert.equal(rejected.status, status);
    assert.equal(JSON.parse(rejected.out).error.code, code);
  });
}
