import { defaultTemplates, gatewayResponseTypes } from "../../gateway-response-types.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkResponseType, saveGatewayResponse } from "./gateway-response.js";

export const putGatewayResponse: ApiGatewayOperation<"PutGatewayResponse"> = (input, state, call) => {
  const responseType = checkResponseType(input.responseType);
  const api = requireApi(state, call, input.restApiId);
  const { status } = gatewayResponseTypes[responseType];
  const response = {
    responseType,
    statusCode: input.statusCode ?? (status === undefined ? undefined : String(status)),
    responseParameters: input.responseParameters ?? {},
    responseTemplates: input.responseTemplates ?? defaultTemplates,
    defaultResponse: false,
  };
  saveGatewayResponse(state, call, api, responseType, response);
  return response;
};
