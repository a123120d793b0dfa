// How an execution environment's process is started and kept apart. The environment knows this interface; index.ts picks the implementation.

import type { Readable } from "node:stream";

export interface SandboxRequest {
  /** Names the environment among all of the cloud's: for folders and control groups. */
  readonly id: string;
  /** The image's unpacked root file system. */
  readonly rootDir: string;
  /** The program, by its path in the root, and its arguments. */
  readonly command: readonly string[];
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Inside the root. */
  readonly workingDirectory: string;
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
  /** Why this image cannot run here, or undefined when it can. */
  refuses(image: { readonly labels: Readonly<Record<string, string>> }): string | undefined;
  start(request: SandboxRequest): SandboxProcess;
}
