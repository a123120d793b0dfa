// Calls, lists and deletes deployments.

import { CliError, type CommandContext, connectTarget } from "../cli/index.js";
import {
  destroy,
  findDeployment,
  findRemovable,
  invokeThroughApi,
  listDeployments,
  namesOf,
  specDefaults,
} from "../deploy/index.js";
import { targetOf } from "./target.js";
import type { Deployment, InvokeOptions, PredictionRequest, TargetOptions } from "./types.js";

export async function invokeDeployment(
  name: string,
  request: PredictionRequest,
  { stage = specDefaults.stage, ...target }: InvokeOptions,
  context: CommandContext,
): Promise<unknown> {
  const aws = await connectTarget(targetOf(target), context);
  const found = await findDeployment(aws, name, stage);
  const { status, body } = await invokeThroughApi(found.url, JSON.stringify(request), {
    fetch,
    elapsedMs: context.clock.elapsedMs,
  });
  if (status !== 200) throw new CliError("invoke-failed", `${name} returned ${status}: ${body}`);
  return JSON.parse(body);
}

export async function deploymentsOf(options: TargetOptions, context: CommandContext): Promise<Deployment[]> {
  const listed = await listDeployments(await connectTarget(targetOf(options), context));
  return listed.map(({ name, stage, url, model, version, imageDigest, updated }) => ({
    name,
    stage,
    url,
    model,
    version,
    imageDigest,
    updated,
  }));
}

export async function destroyDeployment(name: string, options: TargetOptions, context: CommandContext): Promise<void> {
  const aws = await connectTarget(targetOf(options), context);
  await destroy(await findRemovable({ aws, names: namesOf(name, aws.place) }), () => {});
}
