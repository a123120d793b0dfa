import { badRequest } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireDeployment } from "./deployment.js";

export const deleteDeployment: ApiGatewayOperation<"DeleteDeployment"> = (input, state, call) => {
  const { id } = requireDeployment(state, call, input.restApiId, input.deploymentId);
  const key = [call.account, call.region, input.restApiId];
  if (state.stages.list(key).some(({ document }) => document.deploymentId === id)) {
    throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  state.deployments.remove([...key, id]);
  return {};
};
