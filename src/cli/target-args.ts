// The options that choose a target, and the one rule for the port of the local cloud. Apart from target.ts, so that
// completion and help load no AWS client.

import type { CommandContext } from "./command-context.js";
import { integer, oneOf } from "./parse.js";

type Target = "local" | "aws";

/** The port that local AWS tools expect. */
export const defaultPort = 4566;
const portVariable = "TEPAL_PORT";
/** The default region of local deployments. */
export const localRegion = "us-east-1";

/** The port of the local cloud, the same for every command: --port, else $TEPAL_PORT, else 4566. */
export const portArg = {
  help: "port of the local cloud",
  parse: integer(1, 65535),
  env: portVariable,
  default: defaultPort,
} as const;

/** What to append to a command so that it uses this port: " --port 4567", or nothing where it does so anyway. */
export function portOption(port: number, { env }: Pick<CommandContext, "env">): string {
  return String(port) === (env[portVariable] || String(defaultPort)) ? "" : ` --port ${port}`;
}

/** How to use the cloud on another port than the one that was tried. */
export function portAdvice(port: number): string {
  return `pass --port ${port}, or set ${portVariable}=${port}`;
}

/** The arguments of every command that works on a target. */
export const targetArgs = {
  target: { help: "local (the local cloud) or aws", parse: oneOf("local", "aws"), default: "local" as const },
  region: { help: `AWS region; default: ${localRegion} for the local cloud, the configured region for AWS` },
  port: portArg,
} as const;

/** The parsed `targetArgs`. */
export interface TargetChoice {
  readonly target: Target;
  readonly region: string | undefined;
  readonly port: number;
}
