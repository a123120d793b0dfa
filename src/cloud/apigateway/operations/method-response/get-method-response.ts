import { checkStatusCode } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { getMethodResponse } from "./method-response.js";

export const getMethodResponseOperation: ApiGatewayOperation<"GetMethodResponse"> = (input, state, call) => {
  checkStatusCode(input.statusCode);
  return getMethodResponse(state, call, input).response;
};
