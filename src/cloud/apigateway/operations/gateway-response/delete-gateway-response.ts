import { notFound } from "../../refusals.js";
import { type ApiGatewayOperation, getApi } from "../../state.js";
import { checkResponseType, putGatewayResponseOf } from "./gateway-response.js";

export const deleteGatewayResponse: ApiGatewayOperation<"DeleteGatewayResponse"> = (input, state, call) => {
  const type = checkResponseType(input.responseType);
  const api = getApi(state, call, input.restApiId);
  if (!api.definition.gatewayResponses[type]) throw notFound("Gateway response type not defined on api");
  putGatewayResponseOf(state, call, api, type, undefined);
  return {};
};
