// The target of a deployment: the local cloud or AWS. The same code works with both.

import { defaultPort } from "../cloud/index.js";
import { type Aws, connectAws, withAwsErrors } from "../deploy/index.js";
import type { CommandContext } from "./command-context.js";
import { dataDirectory } from "./directories.js";
import { CliError } from "./errors.js";
import { type FoundCloud, findCloud, requireCloud, startInBackground } from "./local-cloud.js";
import { integer, oneOf } from "./parse.js";

type Target = "local" | "aws";

/** The arguments of every command that works on a target. */
export const targetArgs = {
  target: { help: "local (the local cloud) or aws", parse: oneOf("local", "aws"), default: "local" as const },
  region: { help: "AWS region; default: us-east-1 for the local cloud, the configured region for AWS" },
  port: { help: "port of the local cloud", parse: integer(1, 65535), default: defaultPort },
} as const;

export interface TargetChoice {
  readonly target: Target;
  readonly region: string | undefined;
  readonly port: number;
}

/** The default region of local deployments. */
const localRegion = "us-east-1";
/** The local cloud does not check signatures, but the SDK requires credentials. */
const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Connects to the target without starting a cloud. @throws CliError "cloud-not-running", DeployError "aws-..." */
export async function connectTarget(choice: TargetChoice, context: CommandContext): Promise<Aws> {
  if (choice.target === "local") return connectLocal((await requireCloud(choice.port)).url, choice.region, context);
  return withAwsErrors("Connecting to AWS", () => connectAws({ region: choice.region, ...timeOf(context) }));
}

export function connectLocal(endpoint: string, region: string | undefined, context: CommandContext): Promise<Aws> {
  return withAwsErrors("Connecting to the local cloud", () =>
    connectAws({ endpoint, region: region ?? localRegion, credentials: localCredentials, ...timeOf(context) }),
  );
}

/** Returns the local cloud on a port, and starts it in the background if it is not running. */
export async function ensureCloud(
  port: number,
  context: CommandContext,
): Promise<FoundCloud & { readonly started: boolean }> {
  const found = await findCloud(port);
  if (found) return { ...found, started: false };
  return { ...(await startInBackground({ port, dataDir: dataDirectory(context) }, context)), started: true };
}

/** Requires confirmation of a change in an AWS account. Changes in the local cloud need no confirmation. */
export async function confirmOnAws(aws: Aws, question: string, yes: boolean, context: CommandContext): Promise<void> {
  if (aws.endpoint !== undefined || yes) return;
  await requireConfirmation(`${question} in the AWS account ${aws.place.account}, ${aws.place.region}`, context);
}

/**
 * Requires a yes before a change that cannot be undone. Piped input is not read as an answer: scripts must pass --yes.
 * @throws CliError "not-confirmed" if the answer is not yes, or the terminal is not interactive
 */
export async function requireConfirmation(question: string, { terminal, ask }: CommandContext): Promise<void> {
  if (!terminal.interactive || terminal.json) {
    throw new CliError("not-confirmed", `${question}: cannot ask, because the terminal is not interactive`);
  }
  const answer = await ask(`${question}? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("not-confirmed", "No changes made");
}

function timeOf({ clock, sleep }: CommandContext) {
  return { clock, sleep: (ms: number) => sleep(ms) };
}
