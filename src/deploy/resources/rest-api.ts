import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  type EndpointType,
  paginateGetRestApis,
  type RestApi,
} from "@aws-sdk/client-api-gateway";
import type { Aws } from "../aws.js";
import { belongsTo, deploymentTag } from "../names.js";
import { retryTransient } from "../retry.js";
import { required } from "./attributes.js";
import type { Context, DeletableResource, Found, ResourceDefinition } from "./resource.js";

interface RestApiAttributes {
  readonly endpointType: EndpointType;
}

/**
 * The REST API without its routes, which its deployment imports. Names of APIs are not unique, so it is found by its
 * tag.
 */
export const restApi: ResourceDefinition<RestApiAttributes> & DeletableResource = {
  kind: "REST API",
  name: ({ names }) => names.deployment,
  attributes: {
    // AWS's default, EDGE, would put CloudFront in front of every call.
    endpointType: { label: "endpoint type", desired: () => "REGIONAL", isKept: () => true },
  },
  provider: {
    read: readRestApi,

    async create({ aws, names }, { endpointType }) {
      const created = await retryTransient(aws, () =>
        aws.apigateway.send(
          new CreateRestApiCommand({
            name: names.deployment,
            endpointConfiguration: { types: [endpointType] },
            tags: { [deploymentTag]: names.deployment },
          }),
        ),
      );
      const own = required(created.id, "id of the API");
      // Two runs at the same time both create one: the older stays. If AWS does not list the new one yet, it is the
      // only one.
      const [oldest] = await restApisOf(aws, names.deployment);
      const id = oldest?.id ?? own;
      if (id !== own) await deleteRestApi(aws, own);
      return { outputs: { restApiId: id }, detail: id };
    },

    /** Deletes its routes, deployments and stages too, and APIs that interrupted runs have left. */
    async delete({ aws, names }) {
      for (const { id } of await restApisOf(aws, names.deployment)) if (id !== undefined) await deleteRestApi(aws, id);
    },
  },
};

async function readRestApi({ aws, names }: Context): Promise<Found<RestApiAttributes> | undefined> {
  const [found] = await restApisOf(aws, names.deployment);
  if (!found?.id) return undefined;
  const endpointType = found.endpointConfiguration?.types?.[0];
  return {
    id: found.id,
    attributes: endpointType === undefined ? {} : { endpointType },
    outputs: { restApiId: found.id },
    detail: found.id,
  };
}

async function deleteRestApi(aws: Aws, restApiId: string): Promise<void> {
  await retryTransient(aws, () => aws.apigateway.send(new DeleteRestApiCommand({ restApiId })));
}

/** The deployment's APIs, oldest first: a creation that was interrupted and repeated may have left a second one. */
export async function restApisOf(aws: Aws, deployment: string): Promise<RestApi[]> {
  const found: RestApi[] = [];
  for await (const { items = [] } of paginateGetRestApis({ client: aws.apigateway, pageSize: 500 }, {})) {
    found.push(...items.filter(({ tags }) => belongsTo(tags, deployment)));
  }
  return found.sort((a, b) => (a.createdDate?.getTime() ?? 0) - (b.createdDate?.getTime() ?? 0));
}
