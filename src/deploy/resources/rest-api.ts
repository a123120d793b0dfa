import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  paginateGetRestApis,
  type RestApi,
} from "@aws-sdk/client-api-gateway";
import type { Aws } from "../aws.js";
import { belongsTo, deploymentTag } from "../names.js";
import { untilConsistent } from "../patience.js";
import { absent, type Context, given, type Removable, type ResourceDefinition } from "./resource.js";

/** The REST API itself, still empty: its routes come with its deployment. Its name need not be unique, so its tag counts. */
export const restApi: ResourceDefinition<string> = {
  kind: "REST API",
  name: ({ names }) => names.deployment,

  async read({ aws, names }) {
    const [found] = await restApisOf(aws, names.deployment);
    return found?.id;
  },

  detailOf: (id) => id,

  factsOf: (id) => ({ restApiId: id }),

  difference: (seen) => (seen ? undefined : absent),

  async change({ aws, names }) {
    const made = await untilConsistent(aws, () =>
      aws.apigateway.send(
        new CreateRestApiCommand({
          name: names.deployment,
          // Edge-optimized, AWS's default, would put CloudFront in front of every call.
          endpointConfiguration: { types: ["REGIONAL"] },
          tags: { [deploymentTag]: names.deployment },
        }),
      ),
    );
    const own = given(made.id, "the API's id");
    // Two runs at the same time both make one: the older stays. Where AWS does not list the new one yet, it is the only one.
    const [oldest] = await restApisOf(aws, names.deployment);
    const id = oldest?.id ?? own;
    if (id !== own) await deleteRestApi(aws, own);
    return { facts: { restApiId: id }, detail: id };
  },
};

async function deleteRestApi(aws: Aws, restApiId: string): Promise<void> {
  await untilConsistent(aws, () => aws.apigateway.send(new DeleteRestApiCommand({ restApiId })));
}

/** The deployment's APIs, oldest first: a creation that was cut off and repeated may have left a second one. */
export async function restApisOf(aws: Aws, deployment: string): Promise<RestApi[]> {
  const found: RestApi[] = [];
  for await (const { items = [] } of paginateGetRestApis({ client: aws.apigateway, pageSize: 500 }, {})) {
    found.push(...items.filter(({ tags }) => belongsTo(tags, deployment)));
  }
  return found.sort((a, b) => (a.createdDate?.getTime() ?? 0) - (b.createdDate?.getTime() ?? 0));
}

/** Its routes, deployments and stages go with it. */
export async function removableRestApis({ aws, names }: Context): Promise<Removable[]> {
  const found = await restApisOf(aws, names.deployment);
  return found.flatMap(({ id }) => {
    if (id === undefined) return [];
    return [{ kind: "REST API" as const, name: id, remove: () => deleteRestApi(aws, id) }];
  });
}
