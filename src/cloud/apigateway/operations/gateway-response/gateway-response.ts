import type { GatewayResponse, GatewayResponseType } from "@aws-sdk/client-api-gateway";
import { validationError } from "../../../protocol/constraint.js";
import type { Call } from "../../../protocol/operation.js";
import type { ApiDocument } from "../../documents.js";
import { defaultTemplates, gatewayResponseTypes, isGatewayResponseType } from "../../gateway-response-types.js";
import { type ApiGatewayState, saveApi, withDefinition, withEntry } from "../../state.js";

/** In the order of AWS's message. */
const responseTypeList =
  "REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN";

/** @throws AwsError ValidationException */
export function checkResponseType(type: GatewayResponseType | undefined): GatewayResponseType {
  if (!isGatewayResponseType(type)) {
    throw validationError("ValidationException", [
      { at: "responseType", value: type, constraint: `Member must satisfy enum value set: [${responseTypeList}]` },
    ]);
  }
  return type;
}

/** A customized response. Settings that are left out have the defaults of the type. */
export function customizedResponse(
  responseType: GatewayResponseType,
  { statusCode, responseParameters, responseTemplates }: Omit<GatewayResponse, "responseType" | "defaultResponse">,
): GatewayResponse {
  return {
    responseType,
    statusCode: statusCode ?? gatewayResponseTypes[responseType].status?.toString(),
    responseParameters: responseParameters ?? {},
    responseTemplates: responseTemplates ?? defaultTemplates,
    defaultResponse: false,
  };
}

/** Stores the customized response, or removes it when `response` is undefined. */
export function saveGatewayResponse(
  state: ApiGatewayState,
  call: Call,
  api: ApiDocument,
  type: GatewayResponseType,
  response: GatewayResponse | undefined,
): void {
  const gatewayResponses = withEntry(api.definition.gatewayResponses, type, response);
  saveApi(state, call, withDefinition(api, { gatewayResponses }));
}
