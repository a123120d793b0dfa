import { conflict } from "../../errors.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkDeployment } from "../deployment/deployment.js";
import { checkCanary, checkStageName, checkVariables, newStage, saveStage, toStage } from "./stage.js";

export const createStage: ApiGatewayOperation<"CreateStage"> = (input, state, call) => {
  const { id } = requireApi(state, call, input.restApiId);
  const stageName = checkStageName(input.stageName);
  checkVariables(input.variables);
  checkCanary(input.canarySettings);
  if (state.stages.get([call.account, call.region, id, stageName])) throw conflict("Stage already exists");
  const deploymentId = checkDeployment(state, call, id, input.deploymentId);
  const stage = {
    ...newStage(stageName, deploymentId, state.clock.nowMs()),
    description: input.description,
    cacheClusterEnabled: input.cacheClusterEnabled ?? false,
    cacheClusterSize: input.cacheClusterSize,
    variables: input.variables,
    documentationVersion: input.documentationVersion,
    tracingEnabled: input.tracingEnabled ?? false,
    tags: input.tags,
  };
  return toStage(saveStage(state, call, id, stage));
};
