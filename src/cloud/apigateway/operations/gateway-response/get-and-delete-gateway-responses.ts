import { notFound } from "../../errors.js";
import { effectiveGatewayResponse, gatewayResponseTypes, isGatewayResponseType } from "../../gateway-response-types.js";
import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkResponseType, saveGatewayResponse } from "./gateway-response.js";

export const getGatewayResponse: ApiGatewayOperation<"GetGatewayResponse"> = (input, state, call) => {
  const responseType = checkResponseType(input.responseType);
  return effectiveGatewayResponse(requireApi(state, call, input.restApiId).definition.gatewayResponses, responseType);
};

const types = Object.keys(gatewayResponseTypes).filter(isGatewayResponseType);

export const getGatewayResponses: ApiGatewayOperation<"GetGatewayResponses"> = (input, state, call) => {
  const { gatewayResponses } = requireApi(state, call, input.restApiId).definition;
  const { items, position } = page(types, (type) => type, input);
  return { items: items.map((type) => effectiveGatewayResponse(gatewayResponses, type)), position };
};

export const deleteGatewayResponse: ApiGatewayOperation<"DeleteGatewayResponse"> = (input, state, call) => {
  const type = checkResponseType(input.responseType);
  const api = requireApi(state, call, input.restApiId);
  if (!api.definition.gatewayResponses[type]) throw notFound("Gateway response type not defined on api");
  saveGatewayResponse(state, call, api, type, undefined);
  return {};
};
