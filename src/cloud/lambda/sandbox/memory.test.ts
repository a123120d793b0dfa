import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { systemClock } from "../../../base/index.js";
import { memoryWatcher } from "./choose-sandbox.js";
import { watchResident } from "./memory.js";

test("includes memory that a process released between two samples", {
  skip: process.platform === "linux" ? false : "reads /proc",
}, async (t) => {
  const script =
    "let all = Buffer.alloc(200 * 2 ** 20, 1); all = undefined; gc(); console.log('done'); setInterval(() => {}, 1000)";
  const { pid, stdout, kill } = spawnFor(t, ["--expose-gc", "-e", script]);
  await once(stdout, "data");
  const watch = watchResident(2 ** 30, systemClock.elapsedMs, kill);
  t.after(watch.stop);

  watch.start(() => [pid]);

  assert.ok(watch.usedBytes() > 200 * 2 ** 20, `${watch.usedBytes()} bytes`);
  assert.equal(watch.exceeded(), false);
});

test("warns once when no control group can be created, however many environments start", (t) => {
  const warnings: string[] = [];
  const log = { info: () => {}, warn: (line: string) => warnings.push(line) };
  const noGroups = () => {
    throw new Error("EBUSY: resource busy or locked, mkdir");
  };
  const watch = memoryWatcher({ platform: "linux", nowMs: systemClock.elapsedMs, log }, noGroups);
  const request = { rootDir: "/", command: [], environment: {}, workingDirectory: "/", memoryMb: 128, temporaryMb: 1 };

  for (const id of ["first", "second"]) t.after(watch({ ...request, id }, () => {}).stop);

  assert.deepEqual(warnings, [
    "Memory limits are enforced by sampling, because no control group can be created: Error: EBUSY: resource busy or locked, mkdir",
  ]);
});

function spawnFor(t: { after(end: () => void): void }, args: readonly string[]) {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => void child.kill("SIGKILL");
  t.after(kill);
  assert.ok(child.pid !== undefined);
  return { pid: child.pid, stdout: child.stdout, kill };
}
