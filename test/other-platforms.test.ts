// The command on macOS and Windows, as far as Linux can show it: every branch that depends on process.platform runs, in
// the command and in its cloud. Paths and processes are still those of Linux.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { projectPath } from "./support/project.js";
import { emptyHome, freePort } from "./support/tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");
const program = pathToFileURL(projectPath("test/support/other-platform.mjs")).href;

for (const platform of ["darwin", "win32"]) {
  test(`deploys a model to the local cloud on ${platform}, without Docker and without a base image`, async (t) => {
    const port = String(await freePort());
    const env = { NODE_OPTIONS: `--import=${program}`, TEPAL_TEST_PLATFORM: platform };
    const { tepal } = emptyHome(t, { last: ["cloud", "stop", "--port", port], env });

    const deployed = await tepal(["deploy", iris, "--name", "iris", "--port", port]);
    const invoked = await tepal(["invoke", "iris", "[[5.9, 3.0, 5.1, 2.3]]", "--port", port]);

    assert.equal(deployed.status, 0, deployed.err);
    assert.equal(invoked.out, "[2]\n", invoked.err);
  });
}

test("the tour runs on darwin", async (t) => {
  const env = { NODE_OPTIONS: `--import=${program}`, TEPAL_TEST_PLATFORM: "darwin" };
  const { tepal } = emptyHome(t, { env });

  const { status, err } = await tepal(["tour", "--once", "--port", String(await freePort())]);

  assert.equal(status, 0, err);
});
