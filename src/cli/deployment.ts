// The steps from a model, an image or code to a deployment, for `tepal deploy` and the tour.

import type { ApiSubject } from "../contract/index.js";
import {
  type Applied,
  type Aws,
  applyPlan,
  type Check,
  type Context,
  type DesiredImage,
  type Done,
  desiredState,
  namesOf,
  type Passed,
  type Plan,
  planDeployment,
  type Spec,
} from "../deploy/index.js";
import { clientErrorPrefix } from "../function/index.js";
import { configOf, type Image, parseReference, pushImage, Repository } from "../image/index.js";
import { buildImage, type ImageChoice, sizeOf } from "./build-image.js";
import type { CommandContext } from "./command-context.js";
import { shellQuoted } from "./hints.js";
import { progressCallback, startProgress, withProgress } from "./progress.js";
import { bytesText, type StepLines } from "./show.js";
import { describeSource, type Source } from "./source.js";

/** Waits for the source and prints what it is. */
export async function readStep<S extends Source>(
  read: Promise<S>,
  context: CommandContext,
  lines: StepLines,
): Promise<S> {
  const startedMs = context.clock.elapsedMs();
  const source = await read;
  lines.step(source.kind === "model" ? "model" : "source", shownSource(source), context.clock.elapsedMs() - startedMs);
  return source;
}

function shownSource(source: Source): string {
  if (source.kind !== "model") return describeSource(source);
  const { classes } = source.model.signature;
  const labels = classes && classes.length <= 10 ? ` (${classes.join(", ")})` : "";
  return describeSource(source) + labels;
}

export async function buildStep(
  source: Source,
  choice: ImageChoice,
  context: CommandContext,
  lines: StepLines,
): Promise<Image> {
  const startedMs = context.clock.elapsedMs();
  const { image, bytesNew } = await buildImage(source, choice, context);
  const bytes = `${bytesText(sizeOf(image))} in ${image.layers.length} layers, ${bytesText(bytesNew)} new`;
  lines.step("image", `${shortDigest(image)}: ${bytes}`, context.clock.elapsedMs() - startedMs);
  return image;
}

function shortDigest({ manifest }: Image): string {
  return manifest.digest.slice(0, "sha256:".length + 12);
}

interface PlannedDeployment {
  readonly plan: Plan;
  /** Applies the plan and checks the model, with a line for each step. */
  apply(lines: StepLines, checks: readonly Check[]): Promise<Applied>;
}

/** AWS: a new stage responds "within a minute". */
const settleMsMax = 60_000;

/** Reads what exists and plans the difference. Changes nothing. */
export async function planStep(
  aws: Aws,
  spec: Spec,
  subject: ApiSubject,
  image: Image,
  cli: CommandContext,
  options: { readonly removeProtection?: boolean } = {},
): Promise<PlannedDeployment> {
  const { architecture } = await configOf(image);
  const desiredImage = {
    digest: image.manifest.digest,
    // Lambda's name for what OCI calls amd64.
    architecture: architecture === "arm64" ? ("arm64" as const) : ("x86_64" as const),
    push: pushOf(image, cli),
  };
  const state = desiredState(spec, subject, desiredImage, aws.place, { clientErrorPrefix, ...options });
  const context: Context = { aws, names: namesOf(spec.name, aws.place) };
  const plan = await withProgress(cli, { label: "plan", unit: "resources" }, () => planDeployment(context, state));
  return {
    plan,
    apply: async (lines, checks) => {
      const { steps } = plan;
      const progress = startProgress(cli, { label: "deploy", unit: "steps", total: steps.length, isUneven: true });
      let done = 0;
      const report = () => progress.update({ done, detail: steps[done]?.kind ?? "check" });
      report();
      try {
        return await applyPlan(context, plan, {
          checks,
          fetch,
          clientErrorPrefix,
          settleMsMax: aws.endpoint === undefined ? settleMsMax : 0,
          onDone: (one) => {
            lines.step(labelOf(one), textOf(one), one.did === "unchanged" ? undefined : one.elapsedMs);
            done++;
            report();
          },
          onPassed: (passed) => lines.step("check", passedText(passed), passed.elapsedMs),
        });
      } finally {
        progress.end();
      }
    },
  };
}

function labelOf({ kind }: Done): string {
  return kind === "image" ? "push" : kind;
}

function textOf({ kind, name, did, changes, kept, detail, pushed }: Done): string {
  if (pushed) return `${bytesText(pushed.bytesSent)} sent, ${bytesText(pushed.bytesPresent)} already in the repository`;
  if (kind === "image") return `${name} is in the repository`;
  const reason = changes.length > 0 ? ` (${changes.join(", ")})` : "";
  const keeps = kept.length > 0 ? `; keeps ${kept.join(", ")}` : "";
  return `${name}${detail ? `, ${detail}` : ""}: ${did}${reason}${keeps}`;
}

/** Maximum characters of a request or a response on a step's line. */
const charactersMax = 60;

function passedText({ what, check, response }: Passed): string {
  return `${shortened(check.request)} returns ${shortened(response)}${what === "function" ? " from the new version" : ""}`;
}

function shortened(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}...` : text;
}

function pushOf(image: Image, context: CommandContext): DesiredImage["push"] {
  return ({ repositoryUri, user, password, tag }) => {
    const credentials = { username: user, password };
    const onProgress = progressCallback(context, { label: "push", unit: "bytes" });
    return pushImage(image, new Repository(parseReference(repositoryUri), { credentials }), tag, { onProgress });
  };
}

/** A command that calls the API, to paste into a shell. */
export function curlLines(url: string, body: string): string {
  return `curl -H 'content-type: application/json' -d ${shellQuoted(body)} \\\n    ${url}`;
}
