import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import { undefinedOn } from "../aws-errors.js";
import { deploymentTag, tagRecord } from "../names.js";
import { required } from "./attributes.js";
import { type Context, checkOwned, type DeletableResource, type Found, type ResourceDefinition } from "./resource.js";

/** The ECR repository of the function's images. It has no attributes but its name and tag. */
export const repository: ResourceDefinition<object> & DeletableResource = {
  kind: "repository",
  name: ({ names }) => names.repository,
  attributes: {},
  provider: {
    read: readRepository,

    async create({ aws, names }) {
      const { repository: created } = await aws.ecr.send(
        new CreateRepositoryCommand({
          repositoryName: names.repository,
          tags: [{ Key: deploymentTag, Value: names.deployment }],
        }),
      );
      const repositoryUri = required(created?.repositoryUri, "repository URI");
      return { outputs: { repositoryUri }, detail: repositoryUri };
    },

    /** Deletes its images too: only the deployment pushes to it. */
    async delete({ aws, names }) {
      await aws.ecr.send(new DeleteRepositoryCommand({ repositoryName: names.repository, force: true }));
    },
  },
};

async function readRepository({ aws, names }: Context): Promise<Found<object> | undefined> {
  const response = await undefinedOn(
    ["RepositoryNotFoundException"],
    aws.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [names.repository] })),
  );
  const [found] = response?.repositories ?? [];
  if (!found) return undefined;
  const { tags } = await aws.ecr.send(new ListTagsForResourceCommand({ resourceArn: found.repositoryArn }));
  checkOwned(`ECR repository ${names.repository}`, tagRecord(tags), names.deployment);
  const repositoryUri = required(found.repositoryUri, "repository URI");
  return { id: names.repository, attributes: {}, outputs: { repositoryUri }, detail: repositoryUri };
}
