// Runs the bundle that images contain, as a child process.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { projectPath } from "../../test/support/project.js";
import { processMark } from "../../test/support/run.js";
import { accepted, event, startRuntimeApi } from "../../test/support/runtime-api.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";

const irisModel = projectPath("examples/iris/iris_model.sav");

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
}

function start(t: TestContext, environment: Readonly<Record<string, string>>, ...args: string[]): Started {
  const child = spawn(process.execPath, [projectPath("dist/function.cjs"), ...args], {
    env: { ...processMark, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  t.after(() => child.kill("SIGKILL"));
  return { child, output: () => output, ended: once(child, "close").then(([status]) => status) };
}

test("predicts with the tutorial's model as a Lambda runtime", async (t) => {
  const rows = [
    [5.9, 3.0, 5.1, 2.3],
    [0.1, 2, 0.1, 3],
  ];
  const api = await startRuntimeApi(t, [
    [event("a-1", JSON.stringify({ values: rows }))],
    [accepted],
    [event("b-2", JSON.stringify({ values: rows.slice(0, 1), method: "predict_proba" }))],
    [accepted],
  ]);

  start(t, { AWS_LAMBDA_RUNTIME_API: api.address, TEPAL_MODEL: irisModel });
  await api.count(5);

  assert.equal(api.received[1]!.body, "[2,0]");
  const [[, , virginica]] = JSON.parse(api.received[3]!.body);
  assert.ok(Math.abs(virginica - 0.96522662) < 1e-8, String(virginica));
});

for (const [name, content, message] of [
  ["does not exist", undefined, /model-file-not-found/],
  ["is not a model", "<html>", /model-format-unknown/],
] as const) {
  test(`reports to the Runtime API that its model file ${name}, and exits`, async (t) => {
    const api = await startRuntimeApi(t, [[accepted]]);
    const path = join(temporaryDirectory(t), "model.bin");
    if (content !== undefined) writeFileSync(path, content);

    const { ended, output } = start(t, { AWS_LAMBDA_RUNTIME_API: api.address, TEPAL_MODEL: path });

    assert.equal(await ended, 1);
    const { line, headers, body } = api.received[0]!;
    assert.match(line, /^POST \/2018-06-01\/runtime\/init\/error /);
    assert.match(headers, /\r\nLambda-Runtime-Function-Error-Type: Runtime\.ModelUnreadable\r\n/);
    const { errorType, errorMessage } = JSON.parse(body);
    assert.equal(errorType, "Runtime.ModelUnreadable");
    assert.match(errorMessage, message);
    assert.ok(output().includes(errorMessage));
  });
}

test("exits when the Runtime API is gone", async (t) => {
  const api = await startRuntimeApi(t, [undefined, undefined]);
  const { ended } = start(t, { AWS_LAMBDA_RUNTIME_API: api.address, TEPAL_MODEL: irisModel });

  assert.equal(await ended, 1);
});

test("serves HTTP outside Lambda until SIGTERM", async (t) => {
  const { child, ended } = start(t, { TEPAL_MODEL: irisModel, TEPAL_HOST: "127.0.0.1" }, "0");
  const [line] = await once(child.stdout!, "data");
  const [, url] = /^Serving sklearn\.svm\.SVC on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(String(line)) ?? [];
  assert.ok(url, String(line));

  const response = await fetch(`${url}/predict`, { method: "POST", body: '{"values": [[5.9, 3.0, 5.1, 2.3]]}' });
  child.kill("SIGTERM");

  assert.deepEqual([response.status, await response.text()], [200, "[2]"]);
  assert.equal(await ended, 0);
});

for (const [name, environment, args, message] of [
  ["an invalid port", { TEPAL_MODEL: irisModel }, ["http"], /The port must be a number from 0 to 65535, found "http"/],
  ["a missing model file", {}, [], /Expected one model file, found 0 .*dist\/model/],
] as const) {
  test(`exits with an error for ${name}`, async (t) => {
    const { ended, output } = start(t, environment, ...args);

    assert.equal(await ended, 1);
    assert.match(output(), message);
  });
}
