// The one type between what the code of a function is (a container image, later a zip file) and how it runs.

import type { Failure } from "../environment/failures.js";

/** Code on this machine, ready to run. */
export interface PreparedCode {
  /** Directory of the root file system. Nothing writes to it. */
  readonly rootDir: string;
  /** The program, by its path in the root, and its arguments. */
  readonly command: readonly string[];
  /** Variables of the package and the function's own; Lambda's are added when an environment starts. */
  readonly environment: Readonly<Record<string, string>>;
  /** By its path in the root. */
  readonly workingDirectory: string;
  /** What the runtime finds in `_HANDLER`. */
  readonly handler: string;
}

/** Code that is on this machine, but that no environment can be started from. Every invocation gets the failure. */
export interface UnusableCode {
  readonly failure: Failure;
}
