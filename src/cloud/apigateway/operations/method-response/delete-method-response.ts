import { checkStatusCode } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { getMethodResponse, putMethodResponseOf } from "./method-response.js";

export const deleteMethodResponse: ApiGatewayOperation<"DeleteMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  putMethodResponseOf(state, call, getMethodResponse(state, call, input), statusCode, undefined);
  return {};
};
