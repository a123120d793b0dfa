import { commandLineError, defaultPort, type TargetChoice } from "../cli/index.js";
import type { TargetOptions } from "./types.js";

/** Completes the options, which callers without types can have misspelled. @throws CliError "command-line" */
export function targetOf({ target = "local", region, port = defaultPort }: TargetOptions): TargetChoice {
  if (target !== "local" && target !== "aws") {
    throw commandLineError(`target is ${JSON.stringify(target)}, not "local" or "aws"`);
  }
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw commandLineError(`port is ${port}, not an integer from 1 to 65535`);
  }
  return { target, region, port };
}
