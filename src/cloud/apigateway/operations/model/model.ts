// What the operations on models share.

import type { Call } from "../../../protocol/operation.js";
import type { ApiDefinition, ApiDocument } from "../../documents.js";
import { badRequest, conflict, notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, findApi, requireApi } from "../../state.js";

const namePattern = /^[a-zA-Z0-9]+$/;

/** @throws AwsError BadRequestException */
export function checkModelName(name: string | undefined): string {
  if (!name) throw badRequest("Model name must be non-empty");
  if (!namePattern.test(name)) throw badRequest("Model name must be alphanumeric");
  return name;
}

/** @throws AwsError BadRequestException */
export function checkSchema(schema: string | undefined): string {
  if (!schema || schema === "null")
    throw badRequest("Model schema must have at least 1 property or array items defined");
  return schema;
}

/** @throws AwsError NotFoundException */
export function requireModel(state: ApiGatewayState, call: Call, restApiId: string, name: string) {
  const api = findApi(state, call, restApiId);
  const model = entryOf(api?.definition.models, name);
  if (!api || !model) throw notFound(`Invalid model name specified: ${name}`);
  return { api: requireApi(state, call, restApiId), model };
}

/** @throws AwsError ConflictException when a method still needs the model */
export function checkUnused({ resources }: ApiDefinition, name: string): void {
  for (const { path, methods } of Object.values(resources)) {
    for (const [httpMethod, method] of Object.entries(methods)) {
      if (Object.values(method.requestModels ?? {}).includes(name)) {
        throw conflict(`Cannot delete model '${name}', is referenced in method request: ${path}/${httpMethod}`);
      }
      for (const [status, { responseModels }] of Object.entries(method.methodResponses ?? {})) {
        if (Object.values(responseModels ?? {}).includes(name)) {
          throw conflict(
            `Cannot delete model '${name}', is referenced in method response: ${path}/${httpMethod}/${status}`,
          );
        }
      }
    }
  }
}

export function withModels(api: ApiDocument, models: ApiDefinition["models"]): ApiDocument {
  return { ...api, definition: { ...api.definition, models } };
}
