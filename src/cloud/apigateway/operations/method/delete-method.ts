import { type ApiGatewayOperation, getMethod, putMethodOf } from "../../state.js";

export const deleteMethod: ApiGatewayOperation<"DeleteMethod"> = (input, state, call) => {
  putMethodOf(state, call, getMethod(state, call, input), input.httpMethod, undefined);
  return {};
};
