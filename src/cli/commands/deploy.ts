import { basename } from "node:path";
import {
  checkSpec,
  exampleRequest,
  memoryMbMax,
  memoryMbMin,
  nameFromFile,
  type Spec,
  type Step,
  specDefaults,
  timeoutSecondsMax,
  timeoutSecondsMin,
} from "../../deploy/index.js";
import { imageArgs } from "../build-image.js";
import { checkStep, exampleCheck, newStageMs } from "../check.js";
import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { buildStep, curlLines, planStep, readStep } from "../deployment.js";
import { integer } from "../parse.js";
import { durationText, StepLines } from "../show.js";
import { confirmOnAws, connectTarget, ensureCloud, targetArgs } from "../target.js";

export const deploy = command({
  args: {
    model: { positional: true, required: true, help: "path of the model file" },
    name: { help: "the deployment's name; made from the file's name when left out" },
    stage: { help: "stage of the API, and alias of the function", default: specDefaults.stage },
    route: { help: "path of the API", default: specDefaults.route, value: "PATH" },
    memory: {
      help: "the function's memory in MB",
      parse: integer(memoryMbMin, memoryMbMax),
      default: specDefaults.memoryMb,
      value: "MB",
    },
    timeout: {
      help: "the function's time-out in seconds",
      parse: integer(timeoutSecondsMin, timeoutSecondsMax),
      default: specDefaults.timeoutSeconds,
      value: "SECONDS",
    },
    cors: { help: 'web origin whose pages may call the API, or "*"', value: "ORIGIN" },
    ...imageArgs,
    ...targetArgs,
    plan: { flag: true, help: "show what would change, and change nothing" },
    yes: { flag: true, help: "do not ask before changing an AWS account" },
  },
  examples: [
    "deploy iris_model.sav --name iris",
    "deploy model.pkl --name churn --memory 1024 --target aws --region eu-central-1",
  ],

  async run(given, context) {
    const { terminal, clock } = context;
    const lines = new StepLines(terminal);
    const startedMs = clock.elapsedMs();
    const spec = specOf(given);
    const file = await readStep(given.model, context, lines);
    const image = await buildStep(file, given, context, lines);
    if (given.target === "local") await announceCloud(given.port, context);
    const aws = await connectTarget(given, context);
    const { signature } = file.model;
    const { plan, apply } = await planStep(aws, spec, signature, image);
    const changes = plan.steps.filter(({ difference }) => difference !== undefined);
    if (given.plan) {
      terminal.result({ place: plan.place, changes: changes.map(documentOf) }, planText(changes));
      return;
    }
    const onAws = aws.endpoint === undefined;
    if (onAws) terminal.note(`AWS account ${aws.place.account}, region ${aws.place.region}`);
    if (onAws && changes.length > 0) {
      terminal.note(planText(changes));
      await confirmOnAws(aws, `Make ${changes.length} changes`, given.yes, context);
    }

    const { url, done } = await apply(lines);
    const check = await exampleCheck(file.model);
    if (check) await checkStep(url, check, onAws ? newStageMs : 0, context, lines);
    const total = durationText(clock.elapsedMs() - startedMs);
    terminal.note(
      changes.length === 0 ? `Nothing had to change (${total}).` : `${changes.length} changes made in ${total}.`,
    );
    terminal.note(`Try it:\n  ${curlLines(url, JSON.stringify(exampleRequest(signature)))}`);
    terminal.result(
      { name: spec.name, stage: spec.stage, url, place: plan.place, image: image.manifest.digest, steps: done },
      url,
    );
  },
});

interface SpecChoice {
  readonly model: string;
  readonly name: string | undefined;
  readonly stage: string;
  readonly route: string;
  readonly memory: number;
  readonly timeout: number;
  readonly cors: string | undefined;
}

function specOf({ model, name, stage, route, memory, timeout, cors }: SpecChoice): Spec {
  return checkSpec({
    name: name ?? nameFromFile(basename(model)),
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
  const option = port === targetArgs.port.default ? "" : ` --port ${port}`;
  context.terminal.note(
    `The local cloud is started in the background at ${cloud.url}; "tepal cloud stop${option}" stops it.`,
  );
}

function planText(changes: readonly Step[]): string {
  if (changes.length === 0) return "Nothing would change.";
  return changes
    .map(({ kind, name, difference }) => `  ${difference?.action} ${kind} ${name}: ${difference?.why.join(", ")}`)
    .join("\n");
}

function documentOf({ kind, name, difference }: Step) {
  return { kind, name, ...difference };
}
