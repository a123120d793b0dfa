import type { GatewayResponse } from "@aws-sdk/client-api-gateway";
import { badRequest, checkStatusCode } from "../../errors.js";
import { effectiveGatewayResponse } from "../../gateway-response-types.js";
import { applyPatch, contentTypeRow, type PatchRow, parameterRow, plainMessages } from "../../patch.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkResponseType, customizedResponse, saveGatewayResponse } from "./gateway-response.js";

export const putGatewayResponse: ApiGatewayOperation<"PutGatewayResponse"> = (input, state, call) => {
  const responseType = checkResponseType(input.responseType);
  const api = requireApi(state, call, input.restApiId);
  const response = customizedResponse(responseType, input);
  saveGatewayResponse(state, call, api, responseType, response);
  return response;
};

/** Patches the response in effect, which may be the default one, and stores the result as a customized response. */
export const updateGatewayResponse: ApiGatewayOperation<"UpdateGatewayResponse"> = (input, state, call) => {
  const type = checkResponseType(input.responseType);
  const api = requireApi(state, call, input.restApiId);
  const current = effectiveGatewayResponse(api.definition.gatewayResponses, type);
  const patched = applyPatch(current, input.patchOperations, rows, messages, "updateGatewayResponseInput");
  const { responseParameters = {}, responseTemplates = {} } = patched;
  const response = { ...patched, responseParameters, responseTemplates, defaultResponse: false };
  saveGatewayResponse(state, call, api, type, response);
  return response;
};

const rows: readonly PatchRow<GatewayResponse>[] = [
  { path: "/statusCode", replace: (response, value) => ({ ...response, statusCode: checkStatusCode(value) }) },
  parameterRow("responseParameters", nonEmpty("responseParameters")),
  contentTypeRow("responseTemplates", nonEmpty("responseTemplates")),
];

/** AWS reports an unsupported operation on a known path as an unknown path here. */
const messages = { ...plainMessages, unsupportedOp: (path: string) => badRequest(`Invalid patch path ${path}`) };

function nonEmpty(member: string): (value: string) => string {
  return (value) => {
    if (value === "") throw badRequest(`Invalid null or empty value in ${member}`);
    return value;
  };
}
