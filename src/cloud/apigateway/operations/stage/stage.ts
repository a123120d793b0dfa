// What the operations on stages share.

import type { CanarySettings, Stage } from "@aws-sdk/client-api-gateway";
import type { StageDocument } from "../../documents.js";
import { badRequest } from "../../errors.js";

const stageNamePattern = /^[A-Za-z0-9_-]{1,128}$/;
const variableNamePattern = /^\w{1,64}$/;
/** AWS's own: letters, digits and what a URL may hold. */
const variableValuePattern = /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/;

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

export function stageOf({ createdMs, updatedMs, ...stage }: StageDocument): Stage {
  return { ...stage, createdDate: new Date(createdMs), lastUpdatedDate: new Date(updatedMs) };
}

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
  if (!variableNamePattern.test(name))
    throw badRequest(`Stage variable name does not match: ${variableNamePattern.source}`);
  if (!variableValuePattern.test(value)) {
    throw badRequest(
      `Stage variable value is invalid: it can contain alphanumeric characters and the following characters: -._~:/?#&=,`,
    );
  }
  return value;
}

/**
 * Canaries are not built: a stage that asks for one would send all of its traffic the wrong way.
 * @throws AwsError BadRequestException
 */
export function checkCanary(canary: Pick<CanarySettings, "percentTraffic"> | undefined): void {
  if (canary) throw badRequest("Canary deployments are not supported by this endpoint");
}
