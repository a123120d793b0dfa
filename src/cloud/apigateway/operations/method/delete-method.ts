import { type ApiGatewayOperation, requireMethod, saveMethod } from "../../state.js";

export const deleteMethod: ApiGatewayOperation<"DeleteMethod"> = (input, state, call) => {
  saveMethod(state, call, requireMethod(state, call, input), input.httpMethod, undefined);
  return {};
};
