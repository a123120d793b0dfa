// What `npm pack` puts into the package: the build, the examples and what describes them, and nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath, projectRoot } from "./support/project.js";
import { runWell } from "./support/run.js";

const packed =
  /^(README\.md|LICENSE|package\.json|schema\/tepal\.schema\.json|dist\/(tepal\.js|(?:gateway|score)-worker\.js|function\.cjs|chunks\/[\w-]+\.js)|examples\/(iris|python)\/[\w.]+)$/;

const listing = runWell("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: projectRoot });
const paths = listing.then((json) =>
  (JSON.parse(json) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path),
);

test("npm pack contains only the build, the examples and their descriptions", async () => {
  assert.deepEqual(
    (await paths).filter((path) => !packed.test(path)),
    [],
  );
});

test("npm pack contains the command, the function and the example model", async () => {
  const all = await paths;

  for (const path of [
    "package.json",
    "README.md",
    "dist/tepal.js",
    "dist/function.cjs",
    "examples/iris/iris_model.sav",
  ]) {
    assert.ok(all.includes(path), path);
  }
});

test("the command's shebang makes it a program", () => {
  assert.match(readFileSync(projectPath("dist/tepal.js"), "utf8"), /^#!\/usr\/bin\/env node\n/);
});
