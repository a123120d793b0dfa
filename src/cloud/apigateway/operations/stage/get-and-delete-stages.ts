import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { requireStage, toStage } from "./stage.js";

export const getStage: ApiGatewayOperation<"GetStage"> = ({ restApiId, stageName }, state, call) =>
  toStage(requireStage(state, call, restApiId, stageName));

export const getStages: ApiGatewayOperation<"GetStages"> = ({ restApiId, deploymentId }, state, call) => {
  const { id } = requireApi(state, call, restApiId);
  return {
    item: state.stages
      .list([call.account, call.region, id])
      .map(({ document }) => document)
      .filter((stage) => !deploymentId || stage.deploymentId === deploymentId)
      .map(toStage),
  };
};

export const deleteStage: ApiGatewayOperation<"DeleteStage"> = ({ restApiId, stageName }, state, call) => {
  const stage = requireStage(state, call, restApiId, stageName);
  state.stages.remove([call.account, call.region, restApiId, stage.stageName]);
  state.stagesChanged(restApiId);
  return {};
};
