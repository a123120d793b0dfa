import { checkStatusCode } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireMethodResponse } from "./method-response.js";

export const getMethodResponse: ApiGatewayOperation<"GetMethodResponse"> = (input, state, call) => {
  checkStatusCode(input.statusCode);
  return requireMethodResponse(state, call, input).response;
};
