import { notFound } from "../../errors.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkResponseType, saveGatewayResponse } from "./gateway-response.js";

export const deleteGatewayResponse: ApiGatewayOperation<"DeleteGatewayResponse"> = (input, state, call) => {
  const type = checkResponseType(input.responseType);
  const api = requireApi(state, call, input.restApiId);
  if (!api.definition.gatewayResponses[type]) throw notFound("Gateway response type not defined on api");
  saveGatewayResponse(state, call, api, type, undefined);
  return {};
};
