import type { Clock } from "../base/index.js";
import type { Terminal } from "./terminal.js";

/** Everything of the outside that a command may touch. Made once, in main.ts; tests make their own. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  /** Node's name of the processor: "x64", "arm64". */
  readonly arch: string;
  readonly clock: Clock;
  /** Resolves early when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /**
   * Aborted by Ctrl-C and by SIGTERM. Who reads it promises to end in order when it is; a command that never does is ended
   * by these signals at once.
   */
  readonly stop: AbortSignal;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** Prints the question and reads one line. */
  readonly ask: (question: string) => Promise<string>;
  /** Node itself: for children and for the base of images. */
  readonly execPath: string;
  /** The folder of the built command; `function.cjs`, what goes into images, lies there too. */
  readonly distDir: string;
  readonly version: string;
}
