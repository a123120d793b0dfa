import type { GatewayResponse } from "@aws-sdk/client-api-gateway";
import { badRequest, checkStatusCode, notFound } from "../../errors.js";
import { effectiveGatewayResponse } from "../../gateway-response-types.js";
import { applyPatch, entryEffects, type PatchRow, plainMessages } from "../../patch.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { checkResponseType, saveGatewayResponse } from "./gateway-response.js";

const nonEmpty = (of: string) => (value: string) => {
  if (value === "") throw badRequest(`Invalid null or empty value in ${of}`);
  return value;
};

const rows: readonly PatchRow<GatewayResponse>[] = [
  { path: "/statusCode", replace: (response, value) => ({ ...response, statusCode: checkStatusCode(value) }) },
  {
    path: "/responseParameters/{name}",
    ...entryEffects(
      (response: GatewayResponse) => response.responseParameters,
      (response, responseParameters) => ({ ...response, responseParameters: responseParameters ?? {} }),
      nonEmpty("responseParameters"),
      () => notFound("Invalid parameter name specified"),
    ),
  },
  {
    path: "/responseTemplates/{contentType}",
    ...entryEffects(
      (response: GatewayResponse) => response.responseTemplates,
      (response, responseTemplates) => ({ ...response, responseTemplates: responseTemplates ?? {} }),
      nonEmpty("responseTemplates"),
      () => notFound("Content-Type specified was not found"),
    ),
  },
];

/** A known path with an operation that it does not take is refused as an unknown path here. */
const messages = { ...plainMessages, unsupportedOp: (path: string) => badRequest(`Invalid patch path ${path}`) };

export const updateGatewayResponse: ApiGatewayOperation<"UpdateGatewayResponse"> = (input, state, call) => {
  const type = checkResponseType(input.responseType);
  const api = requireApi(state, call, input.restApiId);
  const current = effectiveGatewayResponse(api.definition.gatewayResponses, type);
  const patched = applyPatch(current, input.patchOperations, rows, messages, "updateGatewayResponseInput");
  const response = { ...patched, defaultResponse: false };
  saveGatewayResponse(state, call, api, type, response);
  return response;
};
