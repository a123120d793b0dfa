import type { ApiGatewayOperation } from "../../state.js";
import { deploymentOf, requireDeployment } from "./deployment.js";

export const getDeployment: ApiGatewayOperation<"GetDeployment"> = (input, state, call) =>
  deploymentOf(
    requireDeployment(state, call, input.restApiId, input.deploymentId),
    input.embed?.includes("apisummary") ?? false,
  );
