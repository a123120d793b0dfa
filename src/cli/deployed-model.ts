// The model that a deployment serves, read from its image.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { findDeployment, findImage, isDeploymentName, namesOf } from "../deploy/index.js";
import { parseReference, pullImage } from "../image/index.js";
import type { Signature } from "../model/index.js";
import type { CommandContext } from "./command-context.js";
import { cacheDirectory } from "./directories.js";
import { CliError } from "./errors.js";
import { findImageModel } from "./image-source.js";
import { thisPlatform } from "./named-image.js";
import { connectTarget } from "./target.js";
import type { TargetChoice } from "./target-args.js";

interface DeployedModel {
  readonly title: string;
  readonly signature: Signature;
  readonly url: string;
}

/** The only argument, where it can be the name of a deployment and is not a file. */
export function deploymentName(model: readonly string[], { cwd }: Pick<CommandContext, "cwd">): string | undefined {
  const [only, ...others] = model;
  if (only === undefined || others.length > 0 || !isDeploymentName(only)) return undefined;
  return existsSync(resolve(cwd, only)) ? undefined : only;
}

/**
 * @throws DeployError "deployment-unknown"; CliError "cloud-not-running", "deployment-not-a-model" for code, and for an
 * image of another version of Tepal
 */
export async function readDeployedModel(
  name: string,
  stage: string,
  target: TargetChoice,
  context: CommandContext,
): Promise<DeployedModel> {
  const aws = await connectTarget(target, context);
  const found = await findDeployment(aws, name, stage);
  const { reference, user, password } = await findImage({ aws, names: namesOf(name, aws.place) }, found.imageDigest);
  const image = await pullImage(parseReference(reference), {
    // A deployment has an image for one platform: this one, or the one that --platform selected.
    platform: thisPlatform(context),
    cacheDir: cacheDirectory(context),
    credentials: { username: user, password },
  });
  const model = await findImageModel(image, context);
  if (model) return { title: name, signature: model.signature, url: found.url };
  throw new CliError(
    "deployment-not-a-model",
    `${name} serves ${found.model}, which this version of Tepal cannot read`,
  );
}
