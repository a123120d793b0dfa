import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import { notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, requireIntegration, saveMethod, withEntry } from "../../state.js";

interface IntegrationResponseName {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

/** @throws AwsError NotFoundException */
export function requireIntegrationResponse(state: ApiGatewayState, call: Call, name: IntegrationResponseName) {
  const found = requireIntegration(state, call, name);
  const response = entryOf(found.integration.integrationResponses, name.statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return { ...found, response };
}

/** Stores the response, or removes it when `response` is undefined. */
export function saveIntegrationResponse(
  state: ApiGatewayState,
  call: Call,
  found: ReturnType<typeof requireIntegration>,
  statusCode: string,
  response: IntegrationResponse | undefined,
): void {
  const integrationResponses = withEntry(found.integration.integrationResponses, statusCode, response);
  saveMethod(state, call, found, found.method.httpMethod ?? "", {
    ...found.method,
    methodIntegration: {
      ...found.integration,
      integrationResponses: Object.keys(integrationResponses).length > 0 ? integrationResponses : undefined,
    },
  });
}
