// `tepal watch` as users run it: the file is saved, and the API serves it.

import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectPath, readProjectFile } from "./support/project.js";
import { emptyHome, ended, freePort } from "./support/tepal.js";
import { until } from "./support/until.js";

/** What a command has printed so far. */
function outputOf(child: ChildProcess): () => string {
  let all = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (all += part));
  return () => all;
}

test("watch deploys again when a file changes, survives a broken file, and ends with Ctrl-C", async (t) => {
  const port = String(await freePort());
  const env = { TEPAL_PORT: port };
  const home = emptyHome(t, { last: ["cloud", "stop"], cache: projectPath(".build/cache"), env });
  const iris = readProjectFile("examples/iris/iris_model.sav");
  const model = join(home.folder, "iris.sav");
  const row = "[[5.9, 3.0, 5.1, 2.3]]";
  await home.tepal([
    "train",
    projectPath("examples/iris/iris.csv"),
    "--label",
    "species",
    "--folds",
    "0",
    "--output",
    "new.model",
  ]);
  writeFileSync(model, iris);

  const watch = home.start(["watch", "iris.sav", "--name", "iris"]);
  const output = outputOf(watch);
  const waits = (count: number) =>
    until(`it waits for change ${count}`, () => output().split("Waiting for a change").length > count);
  await waits(1);
  assert.equal((await home.tepal(["invoke", "iris", row])).out, "[2]\n");

  writeFileSync(model, iris.subarray(0, 999));
  await waits(2);
  assert.match(output(), /tepal watch: .*iris\.sav/);
  assert.equal((await home.tepal(["invoke", "iris", row])).out, "[2]\n");

  writeFileSync(model, readFileSync(join(home.folder, "new.model")));
  await waits(3);
  assert.equal((await home.tepal(["invoke", "iris", row])).out, '["virginica"]\n');

  watch.kill("SIGINT");
  const { status } = await ended(watch);
  assert.equal(status, 0);
  assert.match(output(), /Stopped watching/);
});

test("watch rejects an option that cannot become right", async (t) => {
  const home = emptyHome(t);
  writeFileSync(join(home.folder, "iris.sav"), "");

  const { status, err } = await home.tepal(["watch", "iris.sav", "--name", "No"]);

  assert.equal(status, 2);
  assert.match(err, /^tepal watch: The name must be/);
});
