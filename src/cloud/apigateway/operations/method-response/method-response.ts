import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import type { ApiDefinition } from "../../documents.js";
import { notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, omitIfEmpty, withEntry } from "../../state.js";
import { checkModel, invalidMapping, type MethodName, requireMethod, saveMethod } from "../method/method.js";

/** Names a method response or an integration response. */
export interface ResponseName extends MethodName {
  readonly statusCode: string;
}

/** @throws AwsError NotFoundException */
export function requireMethodResponse(state: ApiGatewayState, call: Call, name: ResponseName) {
  const found = requireMethod(state, call, name);
  const response = entryOf(found.method.methodResponses, name.statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return { ...found, response };
}

/** Stores the response, or removes it when `response` is undefined. */
export function saveMethodResponse(
  state: ApiGatewayState,
  call: Call,
  found: ReturnType<typeof requireMethod>,
  statusCode: string,
  response: MethodResponse | undefined,
): void {
  saveMethod(state, call, found, found.method.httpMethod ?? "", {
    ...found.method,
    methodResponses: omitIfEmpty(withEntry(found.method.methodResponses, statusCode, response)),
  });
}

const parameterPattern = /^method\.response\.header\.[a-zA-Z0-9._-]+$/;

/** @throws AwsError BadRequestException */
export function checkMethodResponse({ models }: ApiDefinition, response: MethodResponse): MethodResponse {
  for (const model of Object.values(response.responseModels ?? {})) checkModel(models, model);
  for (const parameter of Object.keys(response.responseParameters ?? {})) {
    if (!parameterPattern.test(parameter)) throw invalidMapping(`Invalid mapping expression specified: ${parameter}`);
  }
  return response;
}
