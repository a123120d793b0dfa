// An environment's process from its start to its end: by itself, by a signal, or because it is killed with all of its
// children.

import type { ChildProcess } from "node:child_process";
import { execErrorOf } from "./exec-helper/exec-helper.js";
import type { MemoryWatch } from "./memory.js";
import type { Exit, SandboxProcess, SandboxRequest } from "./sandbox.js";

/** Go's names, which AWS shows, of the signals that end processes. */
const signals: readonly (readonly [number: number, name: NodeJS.Signals, goName: string])[] = [
  [1, "SIGHUP", "hangup"],
  [2, "SIGINT", "interrupt"],
  [3, "SIGQUIT", "quit"],
  [4, "SIGILL", "illegal instruction"],
  [5, "SIGTRAP", "trace/breakpoint trap"],
  [6, "SIGABRT", "aborted"],
  [7, "SIGBUS", "bus error"],
  [8, "SIGFPE", "floating point exception"],
  [9, "SIGKILL", "killed"],
  [11, "SIGSEGV", "segmentation fault"],
  [13, "SIGPIPE", "broken pipe"],
  [14, "SIGALRM", "alarm clock"],
  [15, "SIGTERM", "terminated"],
];
/** A shell's exit status for a signal is this plus the signal's number. */
const shellSignalStatus = 128;

/**
 * How long outputs may stay open after the child has ended. Another process that holds them would never let the
 * environment end.
 */
const outputsMsMax = 1_000;

/** Begins to watch the memory of an environment. `kill` ends it. */
export type WatchMemory = (request: SandboxRequest, kill: () => void) => MemoryWatch;

/**
 * Ends a child that leads a process group, with the whole group. The child alone is not enough: before `unshare` has
 * tied its child's life to its own, that child would live on without it.
 */
function killGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has ended; or this is Windows, which has no groups.
    child.kill("SIGKILL");
  }
}

interface ChildOptions {
  readonly request: SandboxRequest;
  readonly watchMemory: WatchMemory;
  /** Starts the child, as the leader of a process group, with its outputs as pipes. */
  readonly spawn: (memory: MemoryWatch) => ChildProcess;
  /** The processes of the function, for the child's process id. */
  readonly processesOf: (pid: number) => readonly number[];
  /** Removes the files of the environment. */
  readonly cleanUp: () => void;
}

/**
 * Starts an environment's process. What was made for it is removed when it has ended, and when it cannot be started.
 */
export function startChild({ request, watchMemory, spawn, processesOf, cleanUp }: ChildOptions): SandboxProcess {
  let child: ChildProcess | undefined;
  const kill = () => child && killGroup(child);
  let memory: MemoryWatch | undefined;
  try {
    memory = watchMemory(request, kill);
    child = spawn(memory);
    const { pid, stdout, stderr } = child;
    if (!stdout || !stderr) throw new Error("The process has no outputs");
    if (pid !== undefined) memory.start(() => processesOf(pid));
    const { usedBytes } = memory;
    return { stdout, stderr, exited: exitOf(child, memory, cleanUp), memoryUsedBytes: usedBytes, kill };
  } catch (error) {
    kill();
    memory?.stop();
    cleanUp();
    throw error;
  }
}

/** Settles when nothing of the child is left. */
function exitOf(child: ChildProcess, memory: MemoryWatch, cleanUp: () => void): Promise<Exit> {
  return new Promise((resolve) => {
    const end = (status: number | null, signal: NodeJS.Signals | null) => {
      const outOfMemory = memory.exceeded();
      memory.stop();
      cleanUp();
      resolve(readExit(status, signal, outOfMemory));
    };
    child.once("error", () => end(1, null));
    child.once("exit", () => {
      // Whatever still runs of the group holds the outputs.
      killGroup(child);
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, outputsMsMax);
      child.once("close", () => clearTimeout(timer));
    });
    child.once("close", end);
  });
}

/** Interprets a child's end as Node reports it. A shell in between has turned signals into statuses. */
function readExit(status: number | null, signal: NodeJS.Signals | null, outOfMemory: boolean): Exit {
  const row = signals.find(([number, name]) => name === signal || number === (status ?? 0) - shellSignalStatus);
  if (row || signal) return { how: "signal", status: 0, signal: row?.[2] ?? `${signal}`, outOfMemory };
  return { how: "exit", status: status ?? 0, signal: "", outOfMemory, execError: execErrorOf(status ?? 0) };
}
