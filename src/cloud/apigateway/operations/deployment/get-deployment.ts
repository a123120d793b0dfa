import type { ApiGatewayOperation } from "../../state.js";
import { deploymentOf, getDeploymentOf } from "./deployment.js";

export const getDeployment: ApiGatewayOperation<"GetDeployment"> = (input, state, call) =>
  deploymentOf(
    getDeploymentOf(state, call, input.restApiId, input.deploymentId),
    input.embed?.includes("apisummary") ?? false,
  );
