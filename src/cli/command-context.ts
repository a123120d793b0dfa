import type { Clock } from "../base/index.js";
import type { Terminal } from "./terminal.js";

/** The environment of a command: terminal, environment variables, clock and so on. Created by main.ts and by tests. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  /** Node's name of the CPU architecture: "x64", "arm64". */
  readonly arch: string;
  readonly clock: Clock;
  /** Resolves early when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /**
   * Aborted by Ctrl-C and by SIGTERM. A command that reads this property must shut down when it is aborted; the
   * signals end a command that never reads it immediately.
   */
  readonly stop: AbortSignal;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** Standard input, piece by piece. */
  readonly inputBytes: () => AsyncIterable<Uint8Array>;
  /** Writes to standard output, and waits while its reader is slower. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
  /** Prints the question and reads one line. */
  readonly ask: (question: string) => Promise<string>;
  /** The Node executable: for child processes and for base images. */
  readonly execPath: string;
  /** The directory of the built command, which also contains `function.cjs`, the runtime bundle of images. */
  readonly distDir: string;
  readonly version: string;
}

/** Resolves on Ctrl-C or when the process is told to end. */
export function untilStopped({ stop }: Pick<CommandContext, "stop">): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener("abort", () => resolve(), { once: true });
  });
}
