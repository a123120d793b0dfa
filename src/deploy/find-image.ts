import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { withAwsErrors } from "./aws-errors.js";
import { required } from "./resources/attributes.js";
import { registryCredentials } from "./resources/image.js";
import type { Context } from "./resources/resource.js";

interface FoundImage {
  /** REPOSITORY@sha256:... */
  readonly reference: string;
  readonly user: string;
  readonly password: string;
}

/** Where the registry has an image of a deployment. @throws DeployError "aws-..." */
export function findImage({ aws, names }: Context, digest: string): Promise<FoundImage> {
  return withAwsErrors(`Finding the image of ${names.deployment}`, async () => {
    const { repositories = [] } = await aws.ecr.send(
      new DescribeRepositoriesCommand({ repositoryNames: [names.repository] }),
    );
    const uri = required(repositories[0]?.repositoryUri, "repository URI");
    return { reference: `${uri}@${digest}`, ...(await registryCredentials(aws)) };
  });
}
