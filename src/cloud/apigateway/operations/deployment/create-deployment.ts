import type { ApiDefinition, DeploymentDocument } from "../../documents.js";
import { badRequest } from "../../errors.js";
import { type ApiGatewayOperation, partIdLength, requireApi } from "../../state.js";
import { checkCanary, checkStageName, checkVariables, newStage, saveStage } from "../stage/stage.js";
import { toDeployment } from "./deployment.js";

/** A deployment is a snapshot of the API: later edits of the API do not change it. */
export const createDeployment: ApiGatewayOperation<"CreateDeployment"> = (input, state, call) => {
  checkCanary(input.canarySettings);
  const api = requireApi(state, call, input.restApiId);
  const stageName = input.stageName ? checkStageName(input.stageName) : undefined;
  checkVariables(input.variables);
  checkDeployable(api.definition);
  const deployment: DeploymentDocument = {
    id: state.newId(partIdLength),
    description: input.description,
    createdMs: state.clock.nowMs(),
    definition: api.definition,
  };
  state.store.write(() => {
    state.deployments.put([call.account, call.region, api.id, deployment.id], deployment);
    if (stageName === undefined) return;
    const existing = state.stages.get([call.account, call.region, api.id, stageName]);
    const stage = existing ?? newStage(stageName, deployment.id, deployment.createdMs);
    saveStage(state, call, api.id, {
      ...stage,
      deploymentId: deployment.id,
      updatedMs: deployment.createdMs,
      description: input.stageDescription ?? stage.description,
      variables: input.variables ?? stage.variables,
      cacheClusterEnabled: input.cacheClusterEnabled ?? stage.cacheClusterEnabled,
      cacheClusterSize: input.cacheClusterSize ?? stage.cacheClusterSize,
      tracingEnabled: input.tracingEnabled ?? stage.tracingEnabled,
    });
  });
  return toDeployment(deployment, false);
};

/** @throws AwsError BadRequestException when the API has no methods, or a method without an integration */
function checkDeployable({ resources }: ApiDefinition): void {
  const methods = Object.values(resources).flatMap((resource) => Object.values(resource.methods));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some((method) => !method.methodIntegration)) throw badRequest("No integration defined for method");
}
