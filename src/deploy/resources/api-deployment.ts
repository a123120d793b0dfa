import {
  CreateDeploymentCommand,
  GetStageCommand,
  PutRestApiCommand,
  paginateGetDeployments,
  UpdateModelCommand,
} from "@aws-sdk/client-api-gateway";
import type { Aws } from "../aws.js";
import { undefinedOn } from "../aws-errors.js";
import type { DesiredState } from "../desired-state.js";
import { ensureProtection, protectedDocument } from "../protection/import-protection.js";
import {
  type ApiProtection,
  fingerprintOf,
  openApi,
  type ProtectionText,
  protectionText,
} from "../protection/protection.js";
import { readProtection, type ServedDeployment } from "../protection/read-protection.js";
import { retryTransient } from "../retry.js";
import { required } from "./attributes.js";
import type { Context, Found, Outputs, ResourceDefinition } from "./resource.js";

interface ApiDeploymentAttributes extends ProtectionText {
  readonly route: string;
  readonly corsOrigin?: string;
  /** The digest of the API's document and request model. */
  readonly api: string;
}

interface FoundApiDeployment extends Found<ApiDeploymentAttributes> {
  readonly protection: ApiProtection;
}

const isKept = ({ removeProtection }: DesiredState) => !removeProtection;

/**
 * The API's document, imported and deployed. Stages serve such snapshots, not the API as it is edited; a snapshot's
 * description records what it contains. Whatever protects the API is a part of the snapshot and is kept.
 */
export const apiDeployment: ResourceDefinition<ApiDeploymentAttributes, FoundApiDeployment> = {
  kind: "API deployment",
  name: ({ spec }) => `POST ${spec.route}`,
  attributes: {
    route: { label: "route", desired: ({ spec }) => spec.route },
    corsOrigin: { label: "CORS origin", desired: ({ spec }) => spec.corsOrigin },
    api: { label: "API", desired: ({ apiDigest }) => apiDigest },
    authorization: { label: "authorization", desired: () => "NONE", isKept },
    apiKey: { label: "API key", desired: () => undefined, isKept },
    resourcePolicy: { label: "resource policy", desired: () => undefined, isKept },
    defaultEndpoint: { label: "default endpoint", desired: () => undefined, isKept },
  },
  provider: {
    async read({ aws }, { spec, apiDigest, removeProtection }, { restApiId }) {
      if (restApiId === undefined) return undefined;
      const deployments = await apiDeploymentsOf(aws, restApiId);
      const served = await servedDeployment(aws, restApiId, spec.stage, deployments);
      const protection = await readProtection(aws, restApiId, spec.route, served);
      const fingerprint = fingerprintOf(protection);
      const exact = deployments.find(
        ({ content }) => content?.apiDigest === apiDigest && content.fingerprint === fingerprint,
      );
      const { route, corsOrigin, apiDigest: api } = (exact ?? served)?.content ?? {};
      const attributes = {
        ...(route === undefined ? {} : { route }),
        ...(corsOrigin === undefined ? {} : { corsOrigin }),
        ...(api === undefined ? {} : { api }),
        ...protectionText(protection),
      };
      const isOutdated = !exact && api === apiDigest && !removeProtection;
      return {
        id: (exact ?? served)?.id ?? restApiId,
        attributes,
        protection,
        ...(exact ? { outputs: outputsOf(exact.id, protection), detail: exact.id } : {}),
        ...(isOutdated ? { problem: "the API's protection is not deployed" } : {}),
      };
    },

    async create(context, _desired, state, { restApiId: known }, found) {
      const restApiId = required(known, "id of the API");
      const protection = (!state.removeProtection && found?.protection) || openApi;
      await importApi(context, state, restApiId, protection);
      const content = { apiDigest: state.apiDigest, route: state.spec.route, corsOrigin: state.spec.corsOrigin };
      const description = descriptionOf({ ...content, fingerprint: fingerprintOf(protection) });
      const created = await retryTransient(context.aws, () =>
        context.aws.apigateway.send(new CreateDeploymentCommand({ restApiId, description })),
      );
      const id = required(created.id, "id of the API deployment");
      return { outputs: outputsOf(id, protection), detail: id };
    },
  },
};

function outputsOf(apiDeploymentId: string, protection: ApiProtection): Outputs {
  return { apiDeploymentId, isProtected: fingerprintOf(protection) !== undefined };
}

async function importApi(
  { aws }: Context,
  { api, spec }: DesiredState,
  restApiId: string,
  protection: ApiProtection,
): Promise<void> {
  const body = Buffer.from(JSON.stringify(protectedDocument(api.document, protection, spec)));
  await retryTransient(aws, () => aws.apigateway.send(new PutRestApiCommand({ restApiId, mode: "overwrite", body })));
  // The document describes whole rows; API Gateway validates less, in draft 4, which says what OpenAPI 3.0 cannot.
  await retryTransient(aws, () =>
    aws.apigateway.send(
      new UpdateModelCommand({
        restApiId,
        modelName: api.requestModel.name,
        patchOperations: [{ op: "replace", path: "/schema", value: api.requestModel.schema }],
      }),
    ),
  );
  await ensureProtection(aws, restApiId, spec.route, protection);
}

/** What a snapshot contains, as its description records it. */
interface SnapshotContent {
  readonly apiDigest: string;
  readonly route: string;
  readonly corsOrigin: string | undefined;
  /** Of the protection; undefined: open. */
  readonly fingerprint: string | undefined;
}

interface ApiSnapshot {
  readonly id: string;
  readonly createdMs: number;
  /** undefined for a deployment that was not made by Tepal. */
  readonly content: SnapshotContent | undefined;
}

/** The API's deployments, newest first. */
export async function apiDeploymentsOf(aws: Aws, restApiId: string): Promise<ApiSnapshot[]> {
  const found: ApiSnapshot[] = [];
  for await (const { items = [] } of paginateGetDeployments({ client: aws.apigateway, pageSize: 500 }, { restApiId })) {
    for (const { id, description, createdDate } of items) {
      if (id) found.push({ id, createdMs: createdDate?.getTime() ?? 0, content: snapshotContent(description) });
    }
  }
  return found.sort((a, b) => b.createdMs - a.createdMs);
}

/** The deployment that a stage serves; undefined: the stage does not exist. */
export async function servedDeployment(
  { apigateway }: Aws,
  restApiId: string,
  stageName: string,
  deployments: readonly ApiSnapshot[],
): Promise<(ServedDeployment & { readonly content: SnapshotContent | undefined }) | undefined> {
  const stage = await undefinedOn(
    ["NotFoundException"],
    apigateway.send(new GetStageCommand({ restApiId, stageName })),
  );
  const served = deployments.find(({ id }) => id === stage?.deploymentId);
  if (!served) return undefined;
  const { id, content } = served;
  return {
    id,
    content,
    ...(content ? { route: content.route } : {}),
    ...(content?.fingerprint ? { fingerprint: content.fingerprint } : {}),
  };
}

/** undefined for a description that was not written by `descriptionOf`. */
export function snapshotContent(description: string | undefined): SnapshotContent | undefined {
  const form = /^Tepal api ([0-9a-f]{12}): POST (\/\S+?)(?:, CORS (\S+?))?(?:, protection ([0-9a-f]{12}))?$/;
  const [, apiDigest, route, corsOrigin, fingerprint] = form.exec(description ?? "") ?? [];
  return apiDigest && route ? { apiDigest, route, corsOrigin, fingerprint } : undefined;
}

function descriptionOf({ apiDigest, route, corsOrigin, fingerprint }: SnapshotContent): string {
  const cors = corsOrigin === undefined ? "" : `, CORS ${corsOrigin}`;
  const protection = fingerprint === undefined ? "" : `, protection ${fingerprint}`;
  return `Tepal api ${apiDigest}: POST ${route}${cors}${protection}`;
}
