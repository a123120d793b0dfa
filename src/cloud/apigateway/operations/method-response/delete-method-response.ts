import { checkStatusCode } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireMethodResponse, saveMethodResponse } from "./method-response.js";

export const deleteMethodResponse: ApiGatewayOperation<"DeleteMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  saveMethodResponse(state, call, requireMethodResponse(state, call, input), statusCode, undefined);
  return {};
};
