import { defaultTemplates, gatewayResponseTypes } from "../../gateway-response-types.js";
import { type ApiGatewayOperation, getApi } from "../../state.js";
import { checkResponseType, putGatewayResponseOf } from "./gateway-response.js";

export const putGatewayResponse: ApiGatewayOperation<"PutGatewayResponse"> = (input, state, call) => {
  const responseType = checkResponseType(input.responseType);
  const api = getApi(state, call, input.restApiId);
  const { status } = gatewayResponseTypes[responseType];
  const response = {
    responseType,
    statusCode: input.statusCode ?? (status === undefined ? undefined : String(status)),
    responseParameters: input.responseParameters ?? {},
    responseTemplates: input.responseTemplates ?? defaultTemplates,
    defaultResponse: false,
  };
  putGatewayResponseOf(state, call, api, responseType, response);
  return response;
};
