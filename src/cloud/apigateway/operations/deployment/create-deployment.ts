import type { DeploymentDocument } from "../../documents.js";
import { type ApiGatewayOperation, partIdLength, requireApi, saveStage } from "../../state.js";
import { checkCanary, checkStageName, checkVariables, newStage } from "../stage/stage.js";
import { checkDeployable, deploymentOf } from "./deployment.js";

/** The deployment keeps the API as it is at this moment: later edits of the API do not reach it. */
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
  return deploymentOf(deployment, false);
};
