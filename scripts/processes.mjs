// Ends what a test file leaves behind: every process that was started under it carries its mark in its environment,
// however it was started. Run as a program (`node processes.mjs MARK`), it waits for the end of its standard input,
// then ends every process with the mark: the test runner holds the other end, and when the runner is gone, however it
// ended, so is all that it started.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The environment variable that test files and all processes under them inherit: "RUN/FILE". */
export const markVariable = "TEPAL_TEST_MARK";

/** A process that was ended between two looks at /proc may have started another one: look again until none is left. */
const looksMax = 50;
/** The kernel needs time to free the memory of a killed process, which runs until then; on a busy machine, seconds. */
const endMsMax = 10_000;
const endLookMs = 5;

/**
 * Ends all processes whose mark starts with `mark`, and all of their descendants.
 * Reads /proc, so that it finds nothing on systems other than Linux.
 * @returns the command lines of the processes that it ended
 */
export function endMarked(mark) {
  const ended = new Map();
  for (let look = 0; look < looksMax; look++) {
    const found = markedProcesses(mark);
    if (found.length === 0) break;
    for (const { pid, command } of found) {
      ended.set(pid, command);
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
  }
  waitForEnd([...ended.keys()]);
  return [...ended.values()];
}

/** A killed process that is still being freed has lost its environment, so that `markedProcesses` cannot find it. */
function waitForEnd(pids) {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; pids.some(isRunning) && waitedMs < endMsMax; waitedMs += endLookMs) {
    Atomics.wait(clock, 0, 0, endLookMs);
  }
}

/** A process that has ended is listed as a zombie until its parent reads its exit status. */
function isRunning(pid) {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The processes with the mark and their descendants, which may have been given an environment without it. */
export function markedProcesses(mark) {
  const all = allProcesses();
  const isMarked = ({ environment }) => environment.some((entry) => entry.startsWith(`${markVariable}=${mark}`));
  const found = new Set(all.filter(isMarked).map(({ pid }) => pid));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid, state }) => found.has(pid) && pid !== process.pid && state !== "Z");
}

function allProcesses() {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // "PID (NAME) STATE PARENT ...": the name may contain spaces and parentheses.
        const [state, parent] = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1).split(" ");
        const environment = readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return [{ pid: Number(name), parent: Number(parent), state, environment, command }];
      } catch {
        // It has ended, or belongs to another user.
        return [];
      }
    });
}

/** Starts a process that ends everything with this mark as soon as the calling process is gone. */
export function guardProcesses(mark) {
  const { [markVariable]: _mark, ...env } = process.env;
  // Detached: Ctrl-C in a terminal goes to the runner's whole process group.
  const guard = spawn(process.execPath, [fileURLToPath(import.meta.url), mark], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
    env,
  });
  guard.unref();
  guard.stdin.unref();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdin.resume().once("close", () => endMarked(process.argv[2]));
}
