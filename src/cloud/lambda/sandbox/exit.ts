import { notStartedWords } from "./exec-helper/exec-helper.js";
import type { Exit } from "./sandbox.js";

/** What Go, and so AWS, calls the signals that end processes. */
const signals: readonly (readonly [number: number, name: NodeJS.Signals, words: string])[] = [
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
/** A shell reports a signal as this plus its number. */
const shellSignalStatus = 128;

/** Reads a child's end as Node reports it; a shell in between has turned signals into statuses. */
export function readExit(status: number | null, signal: NodeJS.Signals | null, outOfMemory: boolean): Exit {
  const row = signals.find(([number, name]) => name === signal || number === (status ?? 0) - shellSignalStatus);
  if (row || signal) return { how: "signal", status: 0, signal: row?.[2] ?? `${signal}`, outOfMemory };
  return { how: "exit", status: status ?? 0, signal: "", outOfMemory, notStarted: notStartedWords(status ?? 0) };
}
