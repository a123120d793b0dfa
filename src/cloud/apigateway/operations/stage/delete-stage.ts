import { type ApiGatewayOperation, requireStage } from "../../state.js";

export const deleteStage: ApiGatewayOperation<"DeleteStage"> = ({ restApiId, stageName }, state, call) => {
  const stage = requireStage(state, call, restApiId, stageName);
  state.stages.remove([call.account, call.region, restApiId, stage.stageName]);
  state.stagesChanged(restApiId);
  return {};
};
