import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { deploymentOf } from "./deployment.js";

export const getDeployments: ApiGatewayOperation<"GetDeployments"> = (input, state, call) => {
  const { id } = requireApi(state, call, input.restApiId);
  const deployments = state.deployments
    .list([call.account, call.region, id])
    .map(({ document }) => document)
    .sort((one, other) => other.createdMs - one.createdMs);
  const { items, position } = page(deployments, (deployment) => deployment.id, input);
  return { items: items.map((deployment) => deploymentOf(deployment, false)), position };
};
