// Runs test files, each in a process of its own, and stops those that hang. No process that a file started outlives it.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { availableParallelism, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { endMarked, guardProcesses, markVariable } from "./processes.mjs";

/** The file descriptor on which test-reporter.mjs announces what happens in a file's process. */
export const announcementsFd = 3;

/** Two at once: most test files wait for a child or a socket, and the smallest machines have two cores. */
const filesAtOnceMax = 2;
/** A file in which no test starts or ends for this long hangs. The slowest test takes a minute on two quiet cores. */
const silenceMsMax = 5 * 60_000;
const lookEveryMs = 1_000;
/** Outputs of a file that has ended are closed at once, unless a process without the mark holds them open. */
const closeMsMax = 10_000;

const reporter = new URL("./test-reporter.mjs", import.meta.url);

/**
 * Runs each file in its own process, two at a time.
 * @param {object} options
 * @param {readonly string[]} options.files paths of modules that define tests
 * @param {number} [options.silenceMs] how long a file may report nothing on a quiet machine before it is stopped
 * @param {(file: string, output: string) => void} [options.onFile] is called with all that a file's process printed
 * @returns one `{ file, seconds, passed, failed, skipped, leftRunning }` for each file. `passed`, `failed` and
 *   `skipped` are lists of `{ name, reason }`; `leftRunning` lists the command lines of the processes that outlived it.
 */
export async function runTestFiles({ files, silenceMs = silenceMsMax, onFile = () => {} }) {
  const run = randomUUID();
  guardProcesses(run);
  const waiting = [...files.entries()];
  const results = [];
  const runWaiting = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, file] = next;
      const { output, ...result } = await runTestFile(file, `${run}/${index}.`, silenceMs);
      results.push(result);
      onFile(file, output);
    }
  };
  await Promise.all(Array.from({ length: filesAtOnceMax }, runWaiting));
  return results;
}

async function runTestFile(file, mark, silenceMs) {
  const startedMs = performance.now();
  const result = { file, passed: [], failed: [], skipped: [] };
  const child = spawn(
    process.execPath,
    ["--import", reporter.href, "--test-reporter", reporter.href, "--test-reporter-destination", "stdout", file],
    { env: { ...process.env, [markVariable]: mark }, stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  let lastName = "none";
  let isComplete = false;
  let lastMs = performance.now();
  createInterface({ input: child.stdio[announcementsFd] }).on("line", (line) => {
    const { started, ended, result: kind, name, reason } = JSON.parse(line);
    lastMs = performance.now();
    if (ended) isComplete = true;
    else if (started !== undefined) lastName = started;
    else result[kind].push({ name, reason });
  });

  let hung;
  const watch = setInterval(
    () => {
      const silentMs = performance.now() - lastMs;
      if (hung || silentMs < silenceMs * slowdown()) return;
      hung = `the file hangs (last test: ${lastName}): nothing happened for ${Math.round(silentMs / 1000)} s`;
      child.kill("SIGKILL");
    },
    Math.min(lookEveryMs, silenceMs),
  );
  const { status, signal } = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status, signal) => {
      // Processes that the file left running may hold its outputs open.
      result.leftRunning = endMarked(mark);
      const closing = setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
      }, closeMsMax);
      child.once("close", () => {
        clearTimeout(closing);
        resolve({ status, signal });
      });
    });
  });
  clearInterval(watch);

  if (hung) result.failed.push({ name: hung });
  else if (!isComplete || (status !== 0 && result.failed.length === 0)) {
    result.failed.push({ name: `the file ended with ${signal ?? `status ${status}`} (last test: ${lastName})` });
  } else if (result.passed.length + result.failed.length + result.skipped.length === 0) {
    result.failed.push({ name: "the file has no test" });
  }
  return { ...result, seconds: (performance.now() - startedMs) / 1000, output };
}

/** How many times longer than on a quiet machine everything takes: the number of runnable processes for each core. */
function slowdown() {
  return Math.max(1, loadavg()[0] / availableParallelism());
}
