import { effectiveGatewayResponse } from "../../gateway-response-types.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkResponseType } from "./gateway-response.js";

export const getGatewayResponse: ApiGatewayOperation<"GetGatewayResponse"> = (input, state, call) => {
  const responseType = checkResponseType(input.responseType);
  return effectiveGatewayResponse(requireApi(state, call, input.restApiId).definition.gatewayResponses, responseType);
};
