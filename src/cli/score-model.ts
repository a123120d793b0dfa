// What scores a table: a model of files on this machine's processors, or a deployment.

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { baseUrlOf, findDeployment, invokeFunction, invokeThroughApi, namesOf } from "../deploy/index.js";
import { deployedModel, deployedSignature, type ScoreOptions } from "../score/index.js";
import type { CommandContext } from "./command-context.js";
import { deploymentName } from "./deployed-model.js";
import { CliError } from "./errors.js";
import { readModelSource } from "./model-source.js";
import { requestedModel } from "./spec-file.js";
import { connectTarget } from "./target.js";

type ScoringModel = Pick<ScoreOptions, "model" | "scorers" | "modelDigest">;

interface ScoringModelChoice {
  readonly model: readonly string[];
  readonly config: string | undefined;
  readonly threads: number | undefined;
  readonly columns: string | undefined;
  readonly stage: string;
  readonly direct: boolean;
  readonly requests: number;
  readonly target: "local" | "aws";
  readonly region: string | undefined;
  readonly port: number;
}

/** Blocks that are read and written while others wait for responses. */
const blocksAtOnce = 2;

/** The model of the files, or the deployment if the only argument is not a file and could be a deployment's name. */
export async function scoringModel(choice: ScoringModelChoice, context: CommandContext): Promise<ScoringModel> {
  const name = deploymentName(choice.model, context);
  if (name !== undefined) return deployment(name, choice, context);
  const { model, files } = await readModelSource(await requestedModel(choice, context), context);
  return {
    model,
    scorers: { files, threads: choice.threads ?? availableParallelism() },
    modelDigest: digestOf(files),
  };
}

async function deployment(
  name: string,
  { stage, direct, requests, columns, ...target }: ScoringModelChoice,
  context: CommandContext,
): Promise<ScoringModel> {
  const { clock, sleep } = context;
  const aws = await connectTarget(target, context);
  const found = await findDeployment(aws, name, stage);
  const { url, kind, version, imageDigest } = found;
  if (kind !== "model") throw new CliError("score-not-a-model", `Deployment ${name} is code, not a model`);
  const info = await modelInfo(`${baseUrlOf(found)}/model`);
  if (info === undefined && columns === undefined) {
    throw new CliError("score-not-a-model", `Deployment ${name} does not say which columns its model has`);
  }
  const names = namesOf(name, aws.place);
  const send = async (body: string) => {
    if (!direct) return invokeThroughApi(url, body, { fetch, elapsedMs: clock.elapsedMs });
    const response = await invokeFunction({ aws, names }, stage, body);
    // A failed invocation says in its message whose error it is.
    return response.body.includes('"errorMessage":"[400] ') ? { ...response, status: 400 } : response;
  };
  return {
    model: deployedModel(deployedSignature(info), { send, sleep: (ms) => sleep(ms), requestsMax: requests }),
    scorers: { calls: blocksAtOnce },
    modelDigest: `${url} ${version} ${imageDigest}`,
  };
}

/** What a deployment says of its model; undefined for one of an older release, or if its API requires authorization. */
export async function modelInfo(url: string): Promise<unknown> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : undefined;
  } catch {
    // The first request reports that the deployment cannot be reached.
    return undefined;
  }
}

function digestOf(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): string {
  const hash = createHash("sha256");
  for (const { name, bytes } of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex");
}
