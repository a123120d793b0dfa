import { exampleOf } from "../../contract/index.js";
import {
  checkSpec,
  memoryMbMax,
  memoryMbMin,
  nameFromFile,
  planText,
  type Spec,
  type Step,
  specDefaults,
  timeoutSecondsMax,
  timeoutSecondsMin,
} from "../../deploy/index.js";
import { type ImageChoice, imageArgs } from "../build-image.js";
import { codeCheck, exampleCheck } from "../check.js";
import { type ArgDefs, command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { buildStep, curlLines, planStep, readStep } from "../deployment.js";
import { nextText, optionsText, shellQuoted } from "../hints.js";
import { commandLineError, integer, jsonText } from "../parse.js";
import { durationText, StepLines } from "../show.js";
import { findModel, readSource, subjectOf } from "../source.js";
import { modelArgs, requestedModel } from "../spec-file.js";
import { confirmOnAws, connectTarget, ensureCloud } from "../target.js";
import { portOption, type TargetChoice, targetArgs } from "../target-args.js";

/** What a deployment is, for every command that deploys. */
export const deployArgs = {
  ...modelArgs,
  name: { help: "name of the deployment; default: derived from the file name" },
  stage: { help: "stage of the API, and alias of the function", default: specDefaults.stage },
  route: { help: "path of the API", default: specDefaults.route, value: "PATH" },
  memory: {
    help: "memory of the function in MB",
    parse: integer(memoryMbMin, memoryMbMax),
    default: specDefaults.memoryMb,
    value: "MB",
  },
  timeout: {
    help: "time-out of the function in seconds",
    parse: integer(timeoutSecondsMin, timeoutSecondsMax),
    default: specDefaults.timeoutSeconds,
    value: "SECONDS",
  },
  cors: { help: 'web origin whose pages are allowed to call the API, or "*"', value: "ORIGIN" },
  example: {
    help: "a request that the code of an image accepts: it checks the deployment, and callers see it",
    parse: jsonText,
    value: "JSON",
  },
  removeProtection: {
    flag: true,
    help: "remove the authorization, API key requirement and resource policy of the API, which are kept by default",
  },
  ...imageArgs,
} as const satisfies ArgDefs;

export const deploy = command({
  args: {
    ...deployArgs,
    ...targetArgs,
    plan: { flag: true, help: "show the changes without making them" },
    yes: { flag: true, help: "do not ask for confirmation before changing an AWS account" },
  },
  examples: [
    "deploy iris_model.sav --name iris",
    "deploy preprocessor.pkl model.pkl --name churn",
    "deploy model.pkl --name churn --memory 1024 --target aws --region eu-central-1",
    `deploy ghcr.io/me/churn:v1 --example '{"tenure": 3}'`,
  ],

  async run(args, context) {
    const { document, text } = await deployOnce(args, context);
    context.terminal.result(document, text);
  },
});

interface DeployChoice extends SpecChoice, ImageChoice, TargetChoice {
  readonly model: readonly string[];
  readonly config: string | undefined;
  readonly example: unknown;
  readonly removeProtection: boolean;
  readonly plan: boolean;
  readonly yes: boolean;
}

/** Deploys, or with `plan` only plans. Returns the result of the command. */
export async function deployOnce(args: DeployChoice, context: CommandContext) {
  const { terminal, clock } = context;
  const lines = new StepLines(terminal);
  const startedMs = clock.elapsedMs();
  const settings = settingsOf(args);
  const requested = await requestedModel(args, context);
  const source = await readStep(readSource(requested, args, context), context, lines);
  const spec = args.name === undefined ? { ...settings, name: nameFromFile(source.name) } : settings;
  const model = await findModel(source, context);
  const example = args.example ?? requested.example;
  if (model && args.example !== undefined) {
    throw commandLineError("--example is an option for code", "A model is checked with a request of its own inputs.");
  }
  const image = await buildStep(source, { ...args, isLocal: args.target === "local" }, context, lines);
  if (args.target === "local") await announceCloud(args.port, context);
  const aws = await connectTarget(args, context);
  const subject = subjectOf(source, model, { example, ...(requested.schema && { schema: requested.schema }) });
  const { plan, apply } = await planStep(aws, spec, subject, image, context, {
    removeProtection: args.removeProtection,
  });
  const changes = plan.steps.filter(({ difference }) => difference !== undefined);
  if (args.plan) {
    const document = { place: plan.place, changes: changes.map(documentOf), kept: keptOf(plan.steps) };
    return { document, text: planText(plan) };
  }
  const onAws = aws.endpoint === undefined;
  if (onAws) terminal.note(`AWS account ${aws.place.account}, region ${aws.place.region}`);
  if (onAws && changes.length > 0) {
    terminal.note(planText(plan));
    await confirmOnAws(aws, `Make ${changes.length} changes`, args.yes, context);
  }

  const { url, done } = await apply(lines, [model ? await exampleCheck(model) : codeCheck(example)]);
  const total = durationText(clock.elapsedMs() - startedMs);
  const { name, stage } = spec;
  const request = JSON.stringify(exampleOf(subject) ?? {});
  terminal.note(changes.length === 0 ? `No changes (${total}).` : `${changes.length} changes in ${total}.`);
  terminal.note(`Try it:\n  ${curlLines(url, request)}`);
  const options = optionsText(args, context);
  const stageOption = stage === specDefaults.stage ? "" : ` --stage ${stage}`;
  terminal.note(
    nextText([
      `invoke ${name} ${shellQuoted(request)}${stageOption}${options}`,
      `logs ${name} --follow${options}`,
      `status ${name}${options}`,
    ]),
  );
  const document = { name, stage, url, place: plan.place, image: image.manifest.digest, steps: done };
  return { document, text: url };
}

interface SpecChoice {
  readonly name: string | undefined;
  readonly stage: string;
  readonly route: string;
  readonly memory: number;
  readonly timeout: number;
  readonly cors: string | undefined;
}

/** Checked before files are read, so that an invalid option is reported at once. */
function settingsOf({ name, stage, route, memory, timeout, cors }: SpecChoice): Spec {
  return checkSpec({
    name: name ?? nameFromFile(""),
    stage,
    route,
    memoryMb: memory,
    timeoutSeconds: timeout,
    ...(cors === undefined ? {} : { corsOrigin: cors }),
  });
}

async function announceCloud(port: number, context: CommandContext): Promise<void> {
  const cloud = await ensureCloud(port, context);
  if (!cloud.started) return;
  context.terminal.note(
    `Started the local cloud at ${cloud.url} in the background. Stop it with "tepal cloud stop${portOption(port, context)}".`,
  );
}

function keptOf(steps: readonly Step[]) {
  return steps.flatMap(({ kind, name, kept }) => kept.map((setting) => ({ kind, name, setting })));
}

function documentOf({ kind, name, difference }: Step) {
  return { kind, name, ...difference };
}
