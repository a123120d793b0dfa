// A model file becomes a deployment, step by step: what `tepal deploy` and the tour share.

import {
  type Aws,
  applyPlan,
  bytesText,
  type Context,
  type Done,
  describe,
  invokeUrl,
  namesOf,
  type Plan,
  type Push,
  planDeployment,
  type Spec,
  want,
} from "../deploy/index.js";
import { clientErrorPrefix } from "../function/index.js";
import { configOf, type Image, parseReference, pushImage, Repository } from "../image/index.js";
import type { Signature } from "../model/index.js";
import { buildImage, type ImageChoice, sizeOf } from "./build-image.js";
import type { CommandContext } from "./command-context.js";
import { type ModelFile, readModelFile } from "./files.js";
import type { StepLines } from "./show.js";

export async function readStep(path: string, context: CommandContext, lines: StepLines): Promise<ModelFile> {
  const startedMs = context.clock.elapsedMs();
  const file = await readModelFile(path, context);
  const { classes } = file.model.signature;
  const labels = classes && classes.length <= 10 ? ` (${classes.join(", ")})` : "";
  lines.step("model", `${describe(file.model.signature)}${labels}`, context.clock.elapsedMs() - startedMs);
  return file;
}

export async function buildStep(
  file: ModelFile,
  choice: ImageChoice,
  context: CommandContext,
  lines: StepLines,
): Promise<Image> {
  const startedMs = context.clock.elapsedMs();
  const { image, bytesNew } = await buildImage(file, choice, context);
  const bytes = `${bytesText(sizeOf(image))} in ${image.layers.length} layers, ${bytesText(bytesNew)} new`;
  lines.step("image", `${shortDigest(image)}: ${bytes}`, context.clock.elapsedMs() - startedMs);
  return image;
}

function shortDigest({ manifest }: Image): string {
  return manifest.digest.slice(0, "sha256:".length + 12);
}

export interface PlannedDeployment {
  readonly plan: Plan;
  /** Carries the plan out, with a line for each step. */
  apply(lines: StepLines): Promise<{ readonly url: string; readonly done: readonly Done[] }>;
}

/** Reads what is there and plans the difference. Changes nothing yet. */
export async function planStep(aws: Aws, spec: Spec, signature: Signature, image: Image): Promise<PlannedDeployment> {
  const { architecture } = await configOf(image);
  const wantedImage = {
    digest: image.manifest.digest,
    // Lambda's name for what OCI calls amd64.
    architecture: architecture === "arm64" ? ("arm64" as const) : ("x86_64" as const),
    push: pushOf(image),
  };
  const wanted = want(spec, signature, wantedImage, aws.place, { callerErrorPrefix: clientErrorPrefix });
  const context: Context = { aws, names: namesOf(spec.name, aws.place) };
  const plan = await planDeployment(context, wanted);
  return {
    plan,
    async apply(lines) {
      const { facts, done } = await applyPlan(context, plan, (one) =>
        lines.step(labelOf(one), textOf(one), one.did === "unchanged" ? undefined : one.elapsedMs),
      );
      return { url: invokeUrl(aws.place, aws.endpoint, { restApiId: facts.restApiId ?? "", ...spec }), done };
    },
  };
}

function labelOf({ kind }: Done): string {
  return kind === "image" ? "push" : kind;
}

function textOf({ kind, name, did, why, detail }: Done): string {
  if (kind === "image") return did === "unchanged" ? `${name} is there` : detail;
  const reason = did === "updated" ? ` (${why.join(", ")})` : "";
  return `${name}${detail ? `, ${detail}` : ""}: ${did}${reason}`;
}

function pushOf(image: Image): Push {
  return ({ repositoryUri, user, password, tag }) => {
    const credentials = { username: user, password };
    return pushImage(image, new Repository(parseReference(repositoryUri), { credentials }), tag);
  };
}

/** A command that calls the API, to paste into a shell. */
export function curlLines(url: string, body: string): string {
  return `curl -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}' \\\n    ${url}`;
}
