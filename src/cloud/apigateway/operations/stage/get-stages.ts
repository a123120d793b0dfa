import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { stageOf } from "./stage.js";

export const getStages: ApiGatewayOperation<"GetStages"> = ({ restApiId, deploymentId }, state, call) => {
  const { id } = requireApi(state, call, restApiId);
  return {
    item: state.stages
      .list([call.account, call.region, id])
      .map(({ document }) => document)
      .filter((stage) => !deploymentId || stage.deploymentId === deploymentId)
      .map(stageOf),
  };
};
