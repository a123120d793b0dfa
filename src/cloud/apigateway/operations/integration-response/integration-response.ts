import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import { notFound } from "../../refusals.js";
import { type ApiGatewayState, entryOf, getIntegration, putMethodOf, withEntry } from "../../state.js";

interface IntegrationResponseName {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

/** @throws AwsError NotFoundException */
export function getIntegrationResponse(state: ApiGatewayState, call: Call, name: IntegrationResponseName) {
  const found = getIntegration(state, call, name);
  const response = entryOf(found.integration.integrationResponses, name.statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return { ...found, response };
}

/** Stores the response, or removes it when `response` is undefined. */
export function putIntegrationResponseOf(
  state: ApiGatewayState,
  call: Call,
  found: ReturnType<typeof getIntegration>,
  statusCode: string,
  response: IntegrationResponse | undefined,
): void {
  const integrationResponses = withEntry(found.integration.integrationResponses, statusCode, response);
  putMethodOf(state, call, found, found.method.httpMethod ?? "", {
    ...found.method,
    methodIntegration: {
      ...found.integration,
      integrationResponses: Object.keys(integrationResponses).length > 0 ? integrationResponses : undefined,
    },
  });
}
