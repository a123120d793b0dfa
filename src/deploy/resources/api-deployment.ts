import {
  CreateDeploymentCommand,
  PutRestApiCommand,
  paginateGetDeployments,
  UpdateModelCommand,
} from "@aws-sdk/client-api-gateway";
import type { Aws } from "../aws.js";
import { untilConsistent } from "../patience.js";
import { absent, given, type ResourceDefinition } from "./resource.js";

/**
 * The API's document, imported and frozen. API Gateway serves such deployments, not the routes being edited; the digest of the
 * document in a deployment's description tells which document it froze.
 */
export const apiDeployment: ResourceDefinition<string> = {
  kind: "API deployment",
  name: ({ spec }) => `POST ${spec.route}`,

  read: async ({ aws }, { apiDigest }, { restApiId }) =>
    restApiId === undefined ? undefined : findApiDeployment(aws, restApiId, apiDigest),

  detailOf: (id) => id,

  factsOf: (id) => ({ apiDeploymentId: id }),

  difference: (seen) => (seen ? undefined : absent),

  async change({ aws }, _seen, { api, apiDigest, spec }, { restApiId: known }) {
    const restApiId = given(known, "the API's id");
    await untilConsistent(aws, () =>
      aws.apigateway.send(new PutRestApiCommand({ restApiId, mode: "overwrite", body: Buffer.from(api.document) })),
    );
    // The document tells clients the exact rows; what API Gateway checks is less, and draft 4 can say what OpenAPI cannot.
    await untilConsistent(aws, () =>
      aws.apigateway.send(
        new UpdateModelCommand({
          restApiId,
          modelName: api.requestModel.name,
          patchOperations: [{ op: "replace", path: "/schema", value: api.requestModel.schema }],
        }),
      ),
    );
    const made = await untilConsistent(aws, () =>
      aws.apigateway.send(
        new CreateDeploymentCommand({ restApiId, description: descriptionOf({ apiDigest, route: spec.route }) }),
      ),
    );
    const id = given(made.id, "the deployment's id");
    return { facts: { apiDeploymentId: id }, detail: id };
  },
};

/** The newest deployment that froze the document with this digest. */
export async function findApiDeployment(aws: Aws, restApiId: string, apiDigest: string): Promise<string | undefined> {
  const found: { readonly id: string; readonly createdMs: number }[] = [];
  for await (const { items = [] } of paginateGetDeployments({ client: aws.apigateway, pageSize: 500 }, { restApiId })) {
    for (const { id, description, createdDate } of items) {
      if (id && frozenApi(description)?.apiDigest === apiDigest) {
        found.push({ id, createdMs: createdDate?.getTime() ?? 0 });
      }
    }
  }
  return found.sort((a, b) => b.createdMs - a.createdMs)[0]?.id;
}

interface FrozenApi {
  readonly apiDigest: string;
  readonly route: string;
}

/** What a deployment's description tells of the document that it froze; undefined for a deployment that is not ours. */
export function frozenApi(description: string | undefined): FrozenApi | undefined {
  const [, apiDigest, route] = /^Tepal api ([0-9a-f]{12}): POST (\/\S+)$/.exec(description ?? "") ?? [];
  return apiDigest && route ? { apiDigest, route } : undefined;
}

function descriptionOf({ apiDigest, route }: FrozenApi): string {
  return `Tepal api ${apiDigest}: POST ${route}`;
}
