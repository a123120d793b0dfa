import type { Deployment, MethodSnapshot } from "@aws-sdk/client-api-gateway";
import type { AccountRegion } from "../../../service-interfaces.js";
import type { ApiDefinition, DeploymentDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { type ApiGatewayState, requireApi } from "../../state.js";

/** @param withSummary for callers that send `embed=apisummary` */
export function toDeployment(
  { id, description, createdMs, definition }: DeploymentDocument,
  withSummary: boolean,
): Deployment {
  return {
    id,
    description,
    createdDate: new Date(createdMs),
    apiSummary: withSummary ? summaryOf(definition) : undefined,
  };
}

function summaryOf({ resources }: ApiDefinition): Record<string, Record<string, MethodSnapshot>> {
  return Object.fromEntries(
    Object.values(resources)
      .filter(({ methods }) => Object.keys(methods).length > 0)
      .map(({ path, methods }) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([httpMethod, { authorizationType, apiKeyRequired }]) => [
            httpMethod,
            { authorizationType, apiKeyRequired },
          ]),
        ),
      ]),
  );
}

/** @throws AwsError NotFoundException */
export function requireDeployment(
  state: ApiGatewayState,
  call: AccountRegion,
  restApiId: string,
  deploymentId: string,
): DeploymentDocument {
  const api = requireApi(state, call, restApiId);
  const deployment = state.deployments.get([call.account, call.region, api.id, deploymentId]);
  if (!deployment) throw notFound("Invalid Deployment identifier specified");
  return deployment;
}

/** @throws AwsError BadRequestException when the deployment that a stage refers to does not exist */
export function checkDeployment(
  state: ApiGatewayState,
  { account, region }: AccountRegion,
  apiId: string,
  deploymentId: string,
): string {
  if (!deploymentId || !state.deployments.get([account, region, apiId, deploymentId])) {
    throw badRequest("Deployment id does not exist");
  }
  return deploymentId;
}
