// Starts and isolates the process of an execution environment. choose-sandbox.ts picks the implementation.

import type { Readable } from "node:stream";
import type { PreparedCode } from "../code/prepared-code.js";

export interface SandboxRequest extends Omit<PreparedCode, "handler"> {
  /** Unique among all environments of this machine: the name of its files and control groups. */
  readonly id: string;
  /** All variables of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** Size of /tmp. */
  readonly temporaryMb: number;
}

export interface Exit {
  /** "exit" with its status, or "signal" with the signal as Go prints it: "killed". */
  readonly how: "exit" | "signal";
  readonly status: number;
  readonly signal: string;
  /** Whether a process was killed because the memory limit was exceeded. */
  readonly outOfMemory: boolean;
  /** Why the command could not be executed: "exec format error". */
  readonly execError?: string;
}

export interface SandboxProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when no process of the environment runs; never rejects. */
  readonly exited: Promise<Exit>;
  /** The largest resident memory of all processes together so far. */
  memoryUsedBytes(): number;
  /** Kills every process of the environment. */
  kill(): void;
}

export interface Sandbox {
  /** For the log. */
  readonly name: string;
  /** Why this code cannot run here, or undefined when it can. */
  rejects(code: PreparedCode): string | undefined;
  start(request: SandboxRequest): SandboxProcess;
}
