import type { Call } from "../../../protocol/operation.js";
import type { IntegrationResponseDocument, MethodDocument } from "../../documents.js";
import { notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, omitIfEmpty, withEntry } from "../../state.js";
import { checkContentTypes } from "../../templates.js";
import { requireIntegration } from "../integration/integration.js";
import { checkResponseMapping } from "../integration/mapping.js";
import { saveMethod } from "../method/method.js";
import type { ResponseName } from "../method-response/method-response.js";

/** @throws AwsError NotFoundException */
export function requireIntegrationResponse(state: ApiGatewayState, call: Call, name: ResponseName) {
  const found = requireIntegration(state, call, name);
  const response = entryOf(found.integration.integrationResponses, name.statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return { ...found, response };
}

/** Stores the response, or removes it when `response` is undefined. */
export function saveIntegrationResponse(
  state: ApiGatewayState,
  call: Call,
  { integration, ...found }: ReturnType<typeof requireIntegration>,
  statusCode: string,
  response: IntegrationResponseDocument | undefined,
): void {
  const integrationResponses = omitIfEmpty(withEntry(integration.integrationResponses, statusCode, response));
  saveMethod(state, call, found, found.method.httpMethod ?? "", {
    ...found.method,
    methodIntegration: { ...integration, integrationResponses },
  });
}

/** @throws AwsError BadRequestException */
export function checkIntegrationResponse<T extends IntegrationResponseDocument>(
  method: MethodDocument,
  statusCode: string,
  response: T,
): T {
  checkContentTypes(response.responseTemplates);
  checkResponseMapping(method, statusCode, response.responseParameters);
  return response;
}
