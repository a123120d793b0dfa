import { conflict } from "../../errors.js";
import { type ApiGatewayOperation, checkDeployment, requireApi, saveStage } from "../../state.js";
import { checkCanary, checkStageName, checkVariables, newStage, stageOf } from "./stage.js";

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
  return stageOf(saveStage(state, call, id, stage));
};
