// The responses that API Gateway generates: AWS's "Gateway response types" page, with the recorded values of
// x-amzn-ErrorType.

import type { GatewayResponse, GatewayResponseType } from "@aws-sdk/client-api-gateway";

interface GatewayResponseRow {
  /** undefined for DEFAULT_4XX and DEFAULT_5XX, which have the status of the response that they replace. */
  readonly status?: number;
  readonly errorType?: string;
}

export const gatewayResponseTypes: Readonly<Record<GatewayResponseType, GatewayResponseRow>> = {
  ACCESS_DENIED: { status: 403, errorType: "AccessDeniedException" },
  API_CONFIGURATION_ERROR: { status: 500, errorType: "InternalServerErrorException" },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: "AuthorizerConfigurationException" },
  AUTHORIZER_FAILURE: { status: 500, errorType: "AuthorizerConfigurationException" },
  BAD_REQUEST_BODY: { status: 400, errorType: "BadRequestException" },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: "BadRequestException" },
  DEFAULT_4XX: {},
  DEFAULT_5XX: {},
  EXPIRED_TOKEN: { status: 403, errorType: "ExpiredTokenException" },
  INTEGRATION_FAILURE: { status: 504, errorType: "InternalServerErrorException" },
  INTEGRATION_TIMEOUT: { status: 504, errorType: "InternalServerErrorException" },
  INVALID_API_KEY: { status: 403, errorType: "ForbiddenException" },
  INVALID_SIGNATURE: { status: 403, errorType: "InvalidSignatureException" },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: "MissingAuthenticationTokenException" },
  QUOTA_EXCEEDED: { status: 429, errorType: "LimitExceededException" },
  REQUEST_TOO_LARGE: { status: 413, errorType: "RequestTooLargeException" },
  RESOURCE_NOT_FOUND: { status: 404, errorType: "NotFoundException" },
  THROTTLED: { status: 429, errorType: "TooManyRequestsException" },
  UNAUTHORIZED: { status: 401, errorType: "UnauthorizedException" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: "BadRequestException" },
  WAF_FILTERED: { status: 403, errorType: "ForbiddenException" },
};

export const defaultTemplates = { "application/json": '{"message":$context.error.messageString}' };

export function isGatewayResponseType(type: string | undefined): type is GatewayResponseType {
  return type !== undefined && Object.hasOwn(gatewayResponseTypes, type);
}

function isServerError(type: GatewayResponseType): boolean {
  return (gatewayResponseTypes[type].status ?? 0) >= 500;
}

/**
 * The response in effect for a type: the customized one, otherwise DEFAULT_4XX or DEFAULT_5XX, otherwise AWS's default.
 * @param customized the responses that the API has customized, by type
 */
export function effectiveGatewayResponse(
  customized: Readonly<Record<string, GatewayResponse>>,
  responseType: GatewayResponseType,
): GatewayResponse {
  const own = customized[responseType];
  if (own) return own;
  const { status } = gatewayResponseTypes[responseType];
  const fallback =
    status === undefined ? undefined : customized[isServerError(responseType) ? "DEFAULT_5XX" : "DEFAULT_4XX"];
  return {
    responseType,
    statusCode: fallback?.statusCode ?? (status === undefined ? undefined : String(status)),
    responseParameters: fallback?.responseParameters ?? {},
    responseTemplates: fallback?.responseTemplates ?? defaultTemplates,
    defaultResponse: true,
  };
}
