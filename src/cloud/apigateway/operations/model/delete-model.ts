import { type ApiGatewayOperation, putApi, withEntry } from "../../state.js";
import { checkUnused, getModelOf, withModels } from "./model.js";

export const deleteModel: ApiGatewayOperation<"DeleteModel"> = ({ restApiId, modelName }, state, call) => {
  const { api } = getModelOf(state, call, restApiId, modelName);
  checkUnused(api.definition, modelName);
  putApi(state, call, withModels(api, withEntry(api.definition.models, modelName, undefined)));
  return {};
};
