import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import { absentAs } from "../aws-errors.js";
import { deploymentTag, tagRecord } from "../names.js";
import {
  absent,
  type Context,
  checkOurs,
  given,
  oursOnly,
  type Removable,
  type ResourceDefinition,
} from "./resource.js";

interface SeenRepository {
  readonly uri: string;
}

/** The ECR repository that holds the function's images. */
export const repository: ResourceDefinition<SeenRepository> = {
  kind: "repository",
  name: ({ names }) => names.repository,

  read: readRepository,

  detailOf: ({ uri }) => uri,

  factsOf: ({ uri }) => ({ repositoryUri: uri }),

  difference: (seen) => (seen ? undefined : absent),

  async change({ aws, names }) {
    const { repository: made } = await aws.ecr.send(
      new CreateRepositoryCommand({
        repositoryName: names.repository,
        tags: [{ Key: deploymentTag, Value: names.deployment }],
      }),
    );
    const uri = given(made?.repositoryUri, "the repository's URI");
    return { facts: { repositoryUri: uri }, detail: uri };
  },
};

async function readRepository({ aws, names }: Context): Promise<SeenRepository | undefined> {
  const answer = await absentAs(
    ["RepositoryNotFoundException"],
    aws.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [names.repository] })),
  );
  const [found] = answer?.repositories ?? [];
  if (!found) return undefined;
  const { tags } = await aws.ecr.send(new ListTagsForResourceCommand({ resourceArn: found.repositoryArn }));
  checkOurs(`ECR repository ${names.repository}`, tagRecord(tags), names.deployment);
  return { uri: given(found.repositoryUri, "the repository's URI") };
}

/** Removes its images too: nobody but the deployment pushes there. */
export async function removableRepository(context: Context): Promise<Removable[]> {
  const { aws, names } = context;
  const found = await oursOnly(() => readRepository(context));
  if (!found) return [];
  const remove = async () => {
    await aws.ecr.send(new DeleteRepositoryCommand({ repositoryName: names.repository, force: true }));
  };
  return [{ kind: "repository", name: names.repository, remove }];
}
