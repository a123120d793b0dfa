import type { CanarySettings, Stage } from "@aws-sdk/client-api-gateway";
import type { AccountRegion } from "../../../service-interfaces.js";
import type { StageDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { type ApiGatewayState, requireApi } from "../../state.js";

/** @throws AwsError NotFoundException */
export function requireStage(
  state: ApiGatewayState,
  call: AccountRegion,
  restApiId: string,
  stageName: string,
): StageDocument {
  const api = requireApi(state, call, restApiId);
  const stage = state.stages.get([call.account, call.region, api.id, stageName]);
  if (!stage) throw notFound("Invalid stage identifier specified");
  return stage;
}

export function saveStage(
  state: ApiGatewayState,
  { account, region }: AccountRegion,
  apiId: string,
  stage: StageDocument,
): StageDocument {
  state.stages.put([account, region, apiId, stage.stageName], stage);
  state.stagesChanged(apiId);
  return stage;
}

export function newStage(stageName: string, deploymentId: string, nowMs: number): StageDocument {
  return {
    stageName,
    deploymentId,
    createdMs: nowMs,
    updatedMs: nowMs,
    cacheClusterEnabled: false,
    cacheClusterStatus: "NOT_AVAILABLE",
    methodSettings: {},
    tracingEnabled: false,
  };
}

export function toStage({ createdMs, updatedMs, ...stage }: StageDocument): Stage {
  return { ...stage, createdDate: new Date(createdMs), lastUpdatedDate: new Date(updatedMs) };
}

const stageNamePattern = /^[A-Za-z0-9_-]{1,128}$/;
const variableNamePattern = /^\w{1,64}$/;
/** AWS's pattern: letters, digits and the characters of URLs. */
const variableValuePattern = /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/;

/** @throws AwsError BadRequestException */
export function checkStageName(stageName: string): string {
  if (stageName === undefined || !stageNamePattern.test(stageName)) {
    throw badRequest("Stage name only allows a-zA-Z0-9_-");
  }
  return stageName;
}

/** @throws AwsError BadRequestException */
export function checkVariables(variables: Readonly<Record<string, string>> | undefined): void {
  for (const [name, value] of Object.entries(variables ?? {})) checkVariable(name, value);
}

/** @throws AwsError BadRequestException */
export function checkVariable(name: string, value: string): string {
  if (!variableNamePattern.test(name)) {
    throw badRequest(`Stage variable name does not match: ${variableNamePattern.source}`);
  }
  if (!variableValuePattern.test(value)) {
    throw badRequest(
      `Stage variable value is invalid: it can contain alphanumeric characters and the following characters: -._~:/?#&=,`,
    );
  }
  return value;
}

/**
 * Canaries are not implemented: accepting one would send all traffic to the wrong deployment.
 * @throws AwsError BadRequestException
 */
export function checkCanary(canary: Pick<CanarySettings, "percentTraffic"> | undefined): void {
  if (canary) throw badRequest("The local cloud does not support canary deployments");
}
