import type { Model } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import type { ApiDefinition } from "../../documents.js";
import { badRequest, conflict, notFound } from "../../errors.js";
import { checkJsonDepth } from "../../json-depth.js";
import { modelBytesMax } from "../../limits.js";
import { page } from "../../pagination.js";
import { applyPatch, listingMessages, type PatchRow, stringRow } from "../../patch.js";
import {
  type ApiGatewayOperation,
  type ApiGatewayState,
  entryOf,
  findApi,
  partIdLength,
  requireApi,
  saveApi,
  withDefinition,
  withEntry,
} from "../../state.js";

export const createModel: ApiGatewayOperation<"CreateModel"> = (input, state, call) => {
  const name = checkModelName(input.name);
  const schema = checkSchema(input.schema);
  const api = requireApi(state, call, input.restApiId);
  const { models } = api.definition;
  if (entryOf(models, name)) throw conflict("Model name already exists for this REST API");
  const { description, contentType } = input;
  const model = { id: state.newId(partIdLength), name, description, contentType, schema };
  saveApi(state, call, withDefinition(api, { models: { ...models, [name]: model } }));
  return model;
};

export const getModel: ApiGatewayOperation<"GetModel"> = ({ restApiId, modelName, flatten }, state, call) => {
  if (flatten) throw badRequest("The local cloud does not support flatten=true");
  return requireModel(state, call, restApiId, modelName).model;
};

export const getModels: ApiGatewayOperation<"GetModels"> = (input, state, call) => {
  const { models } = requireApi(state, call, input.restApiId).definition;
  return page(Object.values(models), ({ name = "" }) => name, input);
};

export const deleteModel: ApiGatewayOperation<"DeleteModel"> = ({ restApiId, modelName }, state, call) => {
  const { api } = requireModel(state, call, restApiId, modelName);
  checkUnused(api.definition, modelName);
  saveApi(state, call, withDefinition(api, { models: withEntry(api.definition.models, modelName, undefined) }));
  return {};
};

const rows: readonly PatchRow<Model>[] = [
  stringRow("description"),
  { path: "/schema", replace: (model, schema) => ({ ...model, schema: checkSchema(schema) }) },
];

export const updateModel: ApiGatewayOperation<"UpdateModel"> = (
  { restApiId, modelName, patchOperations },
  state,
  call,
) => {
  const { api, model } = requireModel(state, call, restApiId, modelName);
  const patched = applyPatch(model, patchOperations, rows, listingMessages, "updateModelInput");
  saveApi(state, call, withDefinition(api, { models: { ...api.definition.models, [modelName]: patched } }));
  return patched;
};

/** @throws AwsError NotFoundException, which names the model also when the API does not exist, as AWS does */
function requireModel(state: ApiGatewayState, call: Call, restApiId: string, name: string) {
  const api = findApi(state, call, restApiId);
  const model = entryOf(api?.definition.models, name);
  if (!api || !model) throw notFound(`Invalid model name specified: ${name}`);
  return { api, model };
}

/** @throws AwsError BadRequestException */
function checkSchema(schema: string | undefined): string {
  if (!schema || schema === "null") {
    throw badRequest("Model schema must have at least 1 property or array items defined");
  }
  const bytes = Buffer.byteLength(schema);
  if (bytes > modelBytesMax) throw badRequest(`Model schema is ${bytes} bytes, at most ${modelBytesMax} are allowed`);
  return checkJsonDepth(schema, "Model schema");
}

const namePattern = /^[a-zA-Z0-9]+$/;

/** @throws AwsError BadRequestException */
function checkModelName(name: string | undefined): string {
  if (!name) throw badRequest("Model name must be non-empty");
  if (!namePattern.test(name)) throw badRequest("Model name must be alphanumeric");
  return name;
}

/** @throws AwsError ConflictException when a method refers to the model */
function checkUnused({ resources }: ApiDefinition, name: string): void {
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
