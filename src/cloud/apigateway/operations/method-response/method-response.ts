import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import type { ApiDefinition } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, requireMethod, saveMethod, withEntry } from "../../state.js";
import { checkModel } from "../method/method.js";

const parameterPattern = /^method\.response\.header\.[a-zA-Z0-9._-]+$/;

interface MethodResponseName {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

/** @throws AwsError NotFoundException */
export function requireMethodResponse(state: ApiGatewayState, call: Call, name: MethodResponseName) {
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
  const methodResponses = withEntry(found.method.methodResponses, statusCode, response);
  saveMethod(state, call, found, found.method.httpMethod ?? "", {
    ...found.method,
    methodResponses: Object.keys(methodResponses).length > 0 ? methodResponses : undefined,
  });
}

/** @throws AwsError BadRequestException */
export function checkMethodResponse({ models }: ApiDefinition, response: MethodResponse): MethodResponse {
  for (const model of Object.values(response.responseModels ?? {})) checkModel(models, model);
  for (const parameter of Object.keys(response.responseParameters ?? {})) {
    if (!parameterPattern.test(parameter)) {
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${parameter}]`,
      );
    }
  }
  return response;
}
