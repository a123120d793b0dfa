import { type ApiGatewayOperation, getIntegration } from "../../state.js";

export const getIntegrationOperation: ApiGatewayOperation<"GetIntegration"> = (input, state, call) =>
  getIntegration(state, call, input).integration;
