import { type ApiGatewayOperation, getIntegration, putMethodOf } from "../../state.js";

export const deleteIntegration: ApiGatewayOperation<"DeleteIntegration"> = (input, state, call) => {
  const found = getIntegration(state, call, input);
  putMethodOf(state, call, found, input.httpMethod, { ...found.method, methodIntegration: undefined });
  return {};
};
