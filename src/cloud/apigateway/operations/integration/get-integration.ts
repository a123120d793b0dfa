import { type ApiGatewayOperation, requireIntegration } from "../../state.js";

export const getIntegration: ApiGatewayOperation<"GetIntegration"> = (input, state, call) =>
  requireIntegration(state, call, input).integration;
