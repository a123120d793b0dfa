// Where a deployment lives: the embedded cloud of this machine, or AWS. The same code speaks to both.

import { defaultPort } from "../cloud/index.js";
import { type Aws, connectAws, withAwsErrors } from "../deploy/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { dataFolder } from "./folders.js";
import { type FoundCloud, findCloud, requireCloud, startInBackground } from "./local-cloud.js";
import { oneOf, wholeNumber } from "./parse.js";

export type Target = "local" | "aws";

/** The takes of every command that needs to know where. */
export const targetTakes = {
  target: { help: "local (the embedded cloud) or aws", parse: oneOf("local", "aws"), default: "local" as const },
  region: { help: "AWS region; us-east-1 locally, that of the environment or profile on AWS" },
  port: { help: "port of the local cloud", parse: wholeNumber(1, 65535), default: defaultPort },
} as const;

export interface TargetChoice {
  readonly target: Target;
  readonly region: string | undefined;
  readonly port: number;
}

/** The region of a local deployment, unless another is asked for. */
const localRegion = "us-east-1";
/** The cloud does not check signatures; the SDK wants to sign. */
const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Connects to what exists. @throws CliError "cloud-not-running", "aws-..." */
export async function connectTarget(choice: TargetChoice, context: CommandContext): Promise<Aws> {
  if (choice.target === "local") return connectLocal((await requireCloud(choice.port)).url, choice.region, context);
  return withAwsErrors("Connecting to AWS", () => connectAws({ region: choice.region, ...timeOf(context) }));
}

export function connectLocal(endpoint: string, region: string | undefined, context: CommandContext): Promise<Aws> {
  return withAwsErrors("Connecting to the local cloud", () =>
    connectAws({ endpoint, region: region ?? localRegion, credentials: localCredentials, ...timeOf(context) }),
  );
}

/** The local cloud on a port, started in the background when none runs there. */
export async function ensureCloud(
  port: number,
  context: CommandContext,
): Promise<FoundCloud & { readonly started: boolean }> {
  const found = await findCloud(port);
  if (found) return { ...found, started: false };
  return { ...(await startInBackground(port, dataFolder(context), context)), started: true };
}

/**
 * Asks before something is changed in an AWS account; the local cloud's owner is at home.
 * @throws CliError "not-confirmed" when the answer is not yes, or when nobody is there to ask
 */
export async function confirm(
  aws: Aws,
  question: string,
  yes: boolean,
  { terminal, ask }: CommandContext,
): Promise<void> {
  if (aws.endpoint !== undefined || yes) return;
  const { account, region } = aws.place;
  if (!terminal.interactive || terminal.json) {
    throw new CliError("not-confirmed", `${question} in the AWS account ${account}, ${region}: nobody is here to ask`);
  }
  const answer = await ask(`${question} in the AWS account ${account}, ${region}? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("not-confirmed", "Nothing was changed");
}

function timeOf({ clock, sleep }: CommandContext) {
  return { clock, sleep: (ms: number) => sleep(ms) };
}
