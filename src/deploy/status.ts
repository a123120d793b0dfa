// Whether the stages of deployments work: what they serve, and in which state AWS has it.

import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { type FunctionConfiguration, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Aws } from "./aws.js";
import { undefinedOn, withAwsErrors } from "./aws-errors.js";
import { findRemovable } from "./destroy.js";
import { type ListedStage, listDeployments } from "./list.js";
import { namesOf } from "./names.js";
import { failureOf } from "./resources/function-attributes.js";

/** A stage and what it depends on. */
export interface StageStatus extends ListedStage {
  /** Lambda's state of the version: "Active", "Pending", "Inactive" or "Failed". */
  readonly functionState: string;
  /** What is wrong; empty: the stage can serve requests. */
  readonly problems: readonly string[];
}

/** The resources of a deployment that has no stage: one that was interrupted. */
interface IncompleteDeployment {
  readonly name: string;
  readonly resources: readonly { readonly kind: string; readonly name: string }[];
}

/** The state of every stage, or of those of the deployment `only`. Invokes nothing. */
export async function readStatus(aws: Aws, only?: string): Promise<StageStatus[]> {
  const listed = await listDeployments(aws, only);
  return withAwsErrors("Reading the state of the deployments", () =>
    Promise.all(listed.map((stage) => statusOf(aws, stage))),
  );
}

async function statusOf(aws: Aws, stage: ListedStage): Promise<StageStatus> {
  const names = namesOf(stage.name, aws.place);
  const [version, image] = await Promise.all([
    stage.version === "" ? undefined : readVersion(aws, names.function, stage.version),
    stage.imageDigest === "" ? undefined : findImage(aws, names.repository, stage.imageDigest),
  ]);
  const problems = version
    ? [
        ...(failureOf(version) === undefined
          ? []
          : [`Lambda cannot run version ${stage.version}: ${failureOf(version)}`]),
        // Lambda keeps a copy of the image until the function has been idle for weeks.
        ...(image ? [] : [`the repository ${names.repository} no longer has the image ${stage.imageDigest}`]),
      ]
    : [`the alias ${stage.stage} or its version of the function ${names.function} does not exist`];
  return { ...stage, functionState: version?.State ?? "", problems };
}

function readVersion(aws: Aws, FunctionName: string, Qualifier: string): Promise<FunctionConfiguration | undefined> {
  return undefinedOn(
    ["ResourceNotFoundException"],
    aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier })),
  );
}

async function findImage(aws: Aws, repositoryName: string, imageDigest: string) {
  const found = await undefinedOn(
    ["ImageNotFoundException", "RepositoryNotFoundException"],
    aws.ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] })),
  );
  return found?.imageDetails?.[0];
}

/**
 * The resources of a deployment without a stage.
 * @throws DeployError "deployment-unknown" if it has no resources either
 */
export async function readIncomplete(aws: Aws, name: string): Promise<IncompleteDeployment> {
  const found = await findRemovable({ aws, names: namesOf(name, aws.place) });
  return { name, resources: found.map(({ kind, name: resource }) => ({ kind, name: resource })) };
}
