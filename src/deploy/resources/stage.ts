import {
  CreateStageCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetStageCommand,
  type MethodSetting,
  type PatchOperation,
  type Stage,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import type { Aws } from "../aws.js";
import { undefinedOn } from "../aws-errors.js";
import { deploymentTag } from "../names.js";
import { retryTransient } from "../retry.js";
import { snapshotContent } from "./api-deployment.js";
import { knownAfterApply, required } from "./attributes.js";
import type { Found, ResourceDefinition } from "./resource.js";

interface StageAttributes {
  /** The id of the API deployment that it serves. */
  readonly deployment: string;
  /** The stage variable with the alias that the API calls. */
  readonly alias: string;
  // The owner's own settings, which are only shown.
  readonly throttling?: string;
  readonly webAcl?: string;
  readonly clientCertificate?: string;
  readonly canary?: string;
  readonly accessLog?: string;
}

interface FoundStage extends Found<StageAttributes> {
  readonly stage: Stage;
}

const ownersChoice = { desired: () => undefined, isKept: () => true } as const;

/** The stage, which serves one API deployment and calls the alias of its own name. */
export const stage: ResourceDefinition<StageAttributes, FoundStage> = {
  kind: "stage",
  name: ({ spec }) => spec.stage,
  attributes: {
    deployment: {
      label: "API deployment",
      desired: (_state, { apiDeploymentId }) => apiDeploymentId ?? knownAfterApply,
    },
    alias: { label: "alias", desired: ({ spec }) => spec.stage },
    throttling: { label: "throttling", ...ownersChoice },
    webAcl: { label: "web ACL", ...ownersChoice },
    clientCertificate: { label: "client certificate", ...ownersChoice },
    canary: { label: "canary", ...ownersChoice },
    accessLog: { label: "access log", ...ownersChoice },
  },
  provider: {
    async read({ aws }, { spec }, { restApiId }) {
      if (restApiId === undefined) return undefined;
      const stage = await undefinedOn(
        ["NotFoundException"],
        aws.apigateway.send(new GetStageCommand({ restApiId, stageName: spec.stage })),
      );
      if (!stage) return undefined;
      const attributes = attributesOf(stage);
      const rejectsCallers = attributes.throttling !== undefined || attributes.webAcl !== undefined;
      return {
        id: spec.stage,
        attributes,
        stage,
        ...(rejectsCallers ? { outputs: { isProtected: true } } : {}),
        ...(stage.deploymentId === undefined ? {} : { detail: `serves ${stage.deploymentId}` }),
      };
    },

    async create({ aws, names }, { deployment, alias }, { spec }, { restApiId: known }) {
      const restApiId = required(known, "id of the API");
      const target = { restApiId, stageName: spec.stage };
      const tags = { [deploymentTag]: names.deployment };
      await retryTransient(aws, () =>
        aws.apigateway.send(
          new CreateStageCommand({ ...target, deploymentId: deployment, variables: { alias }, tags }),
        ),
      );
      const undo = async () => {
        await retryTransient(aws, () => aws.apigateway.send(new DeleteStageCommand(target)));
      };
      return { detail: `serves ${deployment}`, undo };
    },

    async update({ aws }, { deployment, alias }, { stage }, { spec }, { restApiId: known }) {
      const restApiId = required(known, "id of the API");
      const variable: PatchOperation[] =
        stage.variables?.alias === alias ? [] : [{ op: "replace", path: "/variables/alias", value: alias }];
      await switchStage(aws, restApiId, stage, deployment, spec.route, variable);
      const before = stage.deploymentId;
      return {
        detail: `serves ${deployment}`,
        ...(before === undefined ? {} : { undo: () => switchStage(aws, restApiId, stage, before) }),
      };
    },
  },
};

/** Makes a stage serve another API deployment. Settings of the method that moves to another route move with it. */
export async function switchStage(
  aws: Aws,
  restApiId: string,
  stage: Stage,
  deploymentId: string,
  route?: string,
  more: readonly PatchOperation[] = [],
): Promise<void> {
  const { stageName = "" } = stage;
  const patchOperations = [
    { op: "replace" as const, path: "/deploymentId", value: deploymentId },
    ...more,
    ...(route === undefined ? [] : await movedSettings(aws, restApiId, stage, route)),
  ];
  await retryTransient(aws, () =>
    aws.apigateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations })),
  );
}

/** The settings of a method by the path that UpdateStage knows them under. */
const settingPaths: readonly (readonly [setting: keyof MethodSetting, path: string])[] = [
  ["throttlingBurstLimit", "throttling/burstLimit"],
  ["throttlingRateLimit", "throttling/rateLimit"],
  ["metricsEnabled", "metrics/enabled"],
  ["loggingLevel", "logging/loglevel"],
  ["dataTraceEnabled", "logging/dataTrace"],
];

async function movedSettings(aws: Aws, restApiId: string, stage: Stage, route: string): Promise<PatchOperation[]> {
  const { methodSettings = {}, deploymentId } = stage;
  if (deploymentId === undefined || Object.keys(methodSettings).every((key) => key === "*/*")) return [];
  const { description } = await aws.apigateway.send(new GetDeploymentCommand({ restApiId, deploymentId }));
  const settings = methodSettings[settingsKey(snapshotContent(description)?.route ?? route)];
  if (!settings || methodSettings[settingsKey(route)]) return [];
  return settingPaths.flatMap(([setting, path]) => {
    const value = settings[setting];
    if (value === undefined) return [];
    return [{ op: "replace", path: `/${route.replaceAll("/", "~1")}/POST/${path}`, value: String(value) }];
  });
}

/** "predict/POST" */
function settingsKey(route: string): string {
  return `${route.slice(1)}/POST`;
}

function attributesOf(stage: Stage): Partial<StageAttributes> {
  const { deploymentId, variables, webAclArn, clientCertificateId, canarySettings, accessLogSettings } = stage;
  const throttling = throttlingText(stage.methodSettings ?? {});
  return {
    ...(deploymentId === undefined ? {} : { deployment: deploymentId }),
    ...(variables?.alias === undefined ? {} : { alias: variables.alias }),
    ...(throttling === "" ? {} : { throttling }),
    ...(webAclArn ? { webAcl: webAclArn } : {}),
    ...(clientCertificateId ? { clientCertificate: clientCertificateId } : {}),
    ...(canarySettings ? { canary: `${canarySettings.percentTraffic ?? 0}% of requests` } : {}),
    ...(accessLogSettings?.destinationArn ? { accessLog: accessLogSettings.destinationArn } : {}),
  };
}

/** "predict/POST 10 requests/s, burst 5"; -1 is no limit. */
function throttlingText(settings: Readonly<Record<string, MethodSetting>>): string {
  return Object.entries(settings)
    .flatMap(([method, { throttlingRateLimit: rate = -1, throttlingBurstLimit: burst = -1 }]) =>
      rate < 0 && burst < 0 ? [] : [`${method} ${rate} requests/s, burst ${burst}`],
    )
    .join("; ");
}
