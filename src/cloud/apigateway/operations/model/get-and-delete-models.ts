import type { ApiDefinition } from "../../documents.js";
import { badRequest, conflict } from "../../errors.js";
import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi, saveApi, withDefinition, withEntry } from "../../state.js";
import { requireModel } from "./model.js";

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
