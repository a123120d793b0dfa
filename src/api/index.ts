// The programmatic API: `import { readModel, deploy } from "tepal"`. Each function loads its part when it is called.

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { CommandContext } from "../cli/index.js";
import type {
  BuildOptions,
  BuiltImage,
  Deployed,
  Deployment,
  DeployOptions,
  InvokeOptions,
  Model,
  ModelSource,
  OnProgress,
  PredictionRequest,
  TargetOptions,
} from "./types.js";

export { type ErrorPlace, TepalError } from "../base/index.js";
export type * from "./types.js";

/** The version in package.json, inserted by the build. */
declare const TEPAL_VERSION: string;

/** The directory of the built package, which also contains the runtime of images. */
const distDir: string = dirname(fileURLToPath(import.meta.url));

/**
 * Reads a model file as data: nothing in it is executed.
 * @throws TepalError with the file as `place`
 */
export async function readModel(source: ModelSource): Promise<Model> {
  const { openModel } = await import("./model.js");
  return openModel(source, await context());
}

/**
 * Builds the container image of a model, and writes it to an archive or an OCI layout.
 * @throws TepalError
 */
export async function buildImage(source: ModelSource, options: BuildOptions): Promise<BuiltImage> {
  const { writeImage } = await import("./image.js");
  return writeImage(source, options, await context(options.onProgress));
}

/**
 * Deploys a model as an HTTPS API, and checks it with a request. A deployment that exists is updated. The local cloud
 * is started if it is not running. With `target: "aws"` this changes the AWS account without asking.
 * @throws TepalError
 */
export async function deploy(source: ModelSource, options: DeployOptions = {}): Promise<Deployed> {
  const { deployModel } = await import("./deploy.js");
  return deployModel(source, options, await context(options.onProgress));
}

/**
 * Calls the API of a deployment. Returns the predictions of a model, or what the code of an image returned.
 * @throws TepalError "deployment-unknown", "cloud-not-running"; "invoke-failed" with the status and message of the API
 */
export async function invoke(name: string, request: PredictionRequest, options: InvokeOptions = {}): Promise<unknown> {
  const { invokeDeployment } = await import("./deployments.js");
  return invokeDeployment(name, request, options, await context());
}

/** All deployments of the target. @throws TepalError */
export async function listDeployments(options: TargetOptions = {}): Promise<Deployment[]> {
  const { deploymentsOf } = await import("./deployments.js");
  return deploymentsOf(options, await context());
}

/** Deletes a deployment with all of its resources. @throws TepalError "deployment-unknown" */
export async function destroy(name: string, options: TargetOptions = {}): Promise<void> {
  const { destroyDeployment } = await import("./deployments.js");
  return destroyDeployment(name, options, await context());
}

async function context(onProgress?: OnProgress): Promise<CommandContext> {
  const { libraryContext } = await import("./context.js");
  return libraryContext({ distDir, version: TEPAL_VERSION, env: process.env, onProgress });
}
