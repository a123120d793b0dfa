import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { testContext } from "../../test/support/command-context.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import { stateOf, waitForChange, watchedPaths } from "./watched-files.js";

/** A directory with a model, a service in Python, and a spec file. */
function project(t: TestContext): string {
  const cwd = temporaryDirectory(t);
  mkdirSync(join(cwd, "service", "inner"), { recursive: true });
  writeFileSync(join(cwd, "service", "lambda_function.py"), "def lambda_handler(event, context):\n    return 1\n");
  writeFileSync(join(cwd, "service", "inner", "help.py"), "");
  for (const name of ["a.pkl", "b.pkl"]) writeFileSync(join(cwd, name), name);
  return cwd;
}

const choiceOf = (...model: string[]) => ({ model, config: undefined });

for (const [name, model, spec, expected] of [
  ["model files", ["a.pkl", "b.pkl"], undefined, ["a.pkl", "b.pkl"]],
  ["the file of a member", ["a.pkl::scaler", "a.pkl::model"], undefined, ["a.pkl"]],
  ["a model file that does not exist yet", ["c.pkl"], undefined, ["c.pkl"]],
  ["the spec file and its files", [], "model: [a.pkl, b.pkl]\n", ["a.pkl", "b.pkl", "tepal.yaml"]],
  ["a spec file that is being written", [], "model: [a.p", ["tepal.yaml"]],
  [
    "the directory of a spec's code",
    [],
    "model: service\n",
    ["service", "service/inner/help.py", "service/lambda_function.py", "tepal.yaml"],
  ],
  ["a code directory", ["service"], undefined, ["service", "service/inner/help.py", "service/lambda_function.py"]],
] as const) {
  test(`watches ${name}`, async (t) => {
    const cwd = project(t);
    if (spec !== undefined) writeFileSync(join(cwd, "tepal.yaml"), spec);

    const paths = await watchedPaths(choiceOf(...model), testContext({ cwd }));

    assert.deepEqual(paths.map((path) => path.slice(cwd.length + 1)).sort(), expected);
  });
}

test("a file that is written, replaced, created or removed has another state", (t) => {
  const cwd = project(t);
  const [file, other, missing] = ["a.pkl", "b.pkl", "c.pkl"].map((name) => join(cwd, name)) as [string, string, string];
  const states = [stateOf([file, missing])];
  const changed = (change: () => void) => {
    change();
    states.push(stateOf([file, missing]));
  };

  changed(() => writeFileSync(file, "longer than before"));
  changed(() => utimesSync(file, 1, 1));
  changed(() => renameSync(other, file));
  changed(() => writeFileSync(missing, ""));
  changed(() => rmSync(file));

  assert.equal(new Set(states).size, states.length);
});

/** A clock on which only sleeping takes time. */
function sleepingClock(stop = new AbortController().signal) {
  let now = 0;
  const context = {
    clock: { nowMs: () => now, elapsedMs: () => now },
    sleep: async (ms: number) => {
      now += ms;
    },
    stop,
  };
  return { context, elapsedMs: () => now };
}

test("waits until the files have stopped changing", async () => {
  const { context, elapsedMs } = sleepingClock();
  const states = ["a", "a", "half", "more", "whole"];

  assert.equal(await waitForChange("a", async () => states.shift() ?? "whole", context), "whole");
  assert.ok(elapsedMs() >= 5 * 250 + 400, String(elapsedMs()));
});

test("a change that is undone is not one", async () => {
  const stop = new AbortController();
  const { context } = sleepingClock(stop.signal);
  const states = ["b", "b", "a", "a", "a"];
  const current = async () => {
    if (states.length === 1) stop.abort();
    return states.shift() ?? "a";
  };

  assert.equal(await waitForChange("a", current, context), undefined);
});
