import { badRequest } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { getDeploymentOf } from "./deployment.js";

export const deleteDeployment: ApiGatewayOperation<"DeleteDeployment"> = (input, state, call) => {
  const { id } = getDeploymentOf(state, call, input.restApiId, input.deploymentId);
  const key = [call.account, call.region, input.restApiId];
  if (state.stages.list(key).some(({ document }) => document.deploymentId === id)) {
    throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  state.deployments.remove([...key, id]);
  return {};
};
