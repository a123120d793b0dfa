import { type ApiGatewayOperation, requireIntegration, saveMethod } from "../../state.js";

export const deleteIntegration: ApiGatewayOperation<"DeleteIntegration"> = (input, state, call) => {
  const found = requireIntegration(state, call, input);
  saveMethod(state, call, found, input.httpMethod, { ...found.method, methodIntegration: undefined });
  return {};
};
