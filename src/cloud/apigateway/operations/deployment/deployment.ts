import type { Deployment, MethodSnapshot } from "@aws-sdk/client-api-gateway";
import type { Place } from "../../../service-interfaces.js";
import type { ApiDefinition, DeploymentDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { type ApiGatewayState, requireApi } from "../../state.js";

/** @param withSummary asked for with `embed=apisummary` */
export function deploymentOf(
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

/** @throws AwsError BadRequestException when there is nothing that could answer a request */
export function checkDeployable({ resources }: ApiDefinition): void {
  const methods = Object.values(resources).flatMap((resource) => Object.values(resource.methods));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some((method) => !method.methodIntegration)) throw badRequest("No integration defined for method");
}

/** @throws AwsError NotFoundException */
export function requireDeployment(
  state: ApiGatewayState,
  call: Place,
  restApiId: string,
  deploymentId: string,
): DeploymentDocument {
  const api = requireApi(state, call, restApiId);
  const deployment = state.deployments.get([call.account, call.region, api.id, deploymentId]);
  if (!deployment) throw notFound("Invalid Deployment identifier specified");
  return deployment;
}
