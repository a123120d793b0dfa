// How an execution environment's process is started and kept apart. The environment knows this interface; index.ts picks the implementation.

import type { Readable } from "node:stream";
import type { PreparedCode } from "../code/prepared-code.js";

export interface SandboxRequest extends Omit<PreparedCode, "handler"> {
  /** Names the environment among all of the cloud's: for folders and control groups. */
  readonly id: string;
  /** All variables of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** Size of /tmp. */
  readonly temporaryMb: number;
}

export interface Exit {
  /** "exit" with its status, or "signal" with the signal's name without SIG, in lower case: "killed", as Go prints it. */
  readonly how: "exit" | "signal";
  readonly status: number;
  readonly signal: string;
  /** The memory limit was the cause. */
  readonly outOfMemory: boolean;
  /** The command could not be started: the words of the error number, "exec format error". */
  readonly notStarted?: string;
}

export interface SandboxProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles once, when nothing of the environment runs any more; never rejects. */
  readonly exited: Promise<Exit>;
  /** The largest resident memory seen so far, of all processes together. */
  memoryUsedBytes(): number;
  /** Ends every process of the environment at once. */
  kill(): void;
}

export interface Sandbox {
  /** What it is, for health and logs. */
  readonly name: string;
  /** Why this code cannot run here, or undefined when it can. */
  rejects(code: PreparedCode): string | undefined;
  start(request: SandboxRequest): SandboxProcess;
}
