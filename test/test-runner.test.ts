// The test runner itself: a file that hangs is stopped and named, and nothing that a file started outlives it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { projectPath } from "./support/project.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { freePort } from "./support/tepal.js";
import { until } from "./support/until.js";

interface TestFileResult {
  readonly passed: readonly { name: string }[];
  readonly failed: readonly { name: string }[];
  readonly skipped: readonly { name: string; reason?: string }[];
  readonly leftRunning: readonly string[];
}

const runnerUrl = pathToFileURL(projectPath("scripts/run-test-files.mjs")).href;
const linuxOnly = { skip: process.platform === "linux" ? false : "reads /proc" };

/** Writes a test file with this body in an empty directory, and returns its path. */
function testFile(t: TestContext, body: string): string {
  const path = join(temporaryDirectory(t), "written.test.mjs");
  writeFileSync(path, `import { test } from "node:test";\n${body}`);
  return path;
}

async function runFile(file: string, silenceMs?: number): Promise<TestFileResult> {
  const { runTestFiles } = await import(runnerUrl);
  const [result] = await runTestFiles({ files: [file], silenceMs });
  return result;
}

test("counts what passes, fails and is skipped, and keeps the reason", async (t) => {
  const file = testFile(
    t,
    `test("good", async (t) => { await t.test("inner", () => {}); });
     test("bad", () => { throw new Error("no"); });
     test("left out", { skip: "needs more" }, () => {});`,
  );

  const { passed, failed, skipped } = await runFile(file);

  assert.deepEqual(
    [passed, failed, skipped].map((list) => list.map(({ name }) => name)),
    [["inner", "good"], ["bad"], ["left out"]],
  );
  assert.equal(skipped[0]?.reason, "needs more");
});

for (const [name, body, failure] of [
  [
    "a test that waits for ever",
    "await new Promise(() => setInterval(() => {}, 1000));",
    /^the file hangs \(last test: the slow one\)/,
  ],
  ["a test that blocks its process", "for (;;);", /^the file hangs \(last test: the slow one\)/],
  ["a test that ends its process", "process.exit(0);", /^the file ended with status 0 \(last test: the slow one\)$/],
  [
    "a test that kills its process",
    'process.kill(process.pid, "SIGKILL");',
    /^the file ended with SIGKILL \(last test: the slow one\)$/,
  ],
] as const) {
  test(`fails a file with ${name}`, async (t) => {
    const { failed } = await runFile(testFile(t, `test("the slow one", async () => { ${body} });`), 1_000);

    assert.match(failed[0]?.name ?? "", failure);
  });
}

test("ends every process that a killed file started, with the cloud in the background", linuxOnly, async (t) => {
  const dir = temporaryDirectory(t);
  const port = await freePort();
  const pids = join(dir, "pids");
  const file = testFile(
    t,
    `import { spawn, spawnSync } from "node:child_process";
     import { writeFileSync } from "node:fs";
     test("starts processes", async () => {
       const env = { PATH: process.env.PATH, HOME: ${JSON.stringify(dir)}, TEPAL_TEST_MARK: process.env.TEPAL_TEST_MARK };
       const tepal = [${JSON.stringify(projectPath("dist/tepal.js"))}, "cloud", "start", "--port", "${port}", "--json"];
       const { stdout } = spawnSync(process.execPath, tepal, { env, encoding: "utf8" });
       const child = spawn("sleep", ["1000"], { stdio: "ignore", detached: true });
       writeFileSync(${JSON.stringify(pids)}, JSON.stringify([process.pid, child.pid, JSON.parse(stdout).pid]));
       await new Promise(() => setInterval(() => {}, 1000));
     });`,
  );
  const running = runFile(file);
  await until("the file has started its processes", () => existsSync(pids) && readFileSync(pids, "utf8").endsWith("]"));
  const [fileProcess, ...children]: number[] = JSON.parse(readFileSync(pids, "utf8"));

  process.kill(fileProcess!, "SIGKILL");

  const { failed, leftRunning } = await running;
  assert.match(failed[0]?.name ?? "", /SIGKILL/);
  assert.ok(
    leftRunning.some((command) => command.startsWith("sleep")),
    leftRunning.join("\n"),
  );
  assert.deepEqual(children.filter(isRunning), []);
});

test("ends test files and what they started when the runner is killed", linuxOnly, async (t) => {
  const pid = join(temporaryDirectory(t), "pid");
  const file = testFile(
    t,
    `import { writeFileSync } from "node:fs";
     test("waits", async () => {
       writeFileSync(${JSON.stringify(pid)}, process.pid + ".");
       await new Promise(() => setInterval(() => {}, 1000));
     });`,
  );
  const program = `import { runTestFiles } from ${JSON.stringify(runnerUrl)};
    await runTestFiles({ files: [${JSON.stringify(file)}] });`;
  const runner = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
  t.after(() => runner.kill("SIGKILL"));
  await until("the file runs", () => existsSync(pid) && readFileSync(pid, "utf8").endsWith("."));

  runner.kill("SIGKILL");
  await once(runner, "exit");

  await until("the file's process has ended", () => !isRunning(Number.parseInt(readFileSync(pid, "utf8"), 10)));
});

/** A process that has ended is listed as a zombie until its parent reads its exit status. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
