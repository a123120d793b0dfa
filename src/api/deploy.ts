import {
  buildStep,
  type CommandContext,
  connectTarget,
  ensureCloud,
  exampleCheck,
  planStep,
  readStep,
  StepLines,
} from "../cli/index.js";
import { checkSpec, nameFromFile, specDefaults } from "../deploy/index.js";
import { readSource } from "./model.js";
import { targetOf } from "./target.js";
import type { Deployed, DeployOptions, ModelSource } from "./types.js";

export async function deployModel(
  source: ModelSource,
  options: DeployOptions,
  context: CommandContext,
): Promise<Deployed> {
  const lines = new StepLines(context.terminal);
  const target = targetOf(options);
  // Checked before files are read, so that an invalid option is reported at once.
  const settings = checkSpec({ ...specOf(options), name: options.name ?? nameFromFile("") });
  const read = await readStep(readSource(source, context), context, lines);
  const spec = { ...settings, name: options.name ?? nameFromFile(read.name) };
  const { base, platform } = options;
  const image = await buildStep(read, { base, platform, isLocal: target.target === "local" }, context, lines);
  if (target.target === "local") await ensureCloud(target.port, context);
  const aws = await connectTarget(target, context);
  const subject = { kind: "model", signature: read.model.signature } as const;
  const { removeProtection = false } = options;
  const { plan, apply } = await planStep(aws, spec, subject, image, context, { removeProtection });
  const { url } = await apply(lines, [await exampleCheck(read.model)]);
  return { name: spec.name, stage: spec.stage, url, imageDigest: image.manifest.digest, changes: plan.changes };
}

function specOf({ stage, route, memoryMb, timeoutSeconds, cors }: DeployOptions) {
  return {
    stage: stage ?? specDefaults.stage,
    route: route ?? specDefaults.route,
    memoryMb: memoryMb ?? specDefaults.memoryMb,
    timeoutSeconds: timeoutSeconds ?? specDefaults.timeoutSeconds,
    ...(cors === undefined ? {} : { corsOrigin: cors }),
  };
}
