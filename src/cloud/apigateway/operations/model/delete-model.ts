import { type ApiGatewayOperation, saveApi, withEntry } from "../../state.js";
import { checkUnused, requireModel, withModels } from "./model.js";

export const deleteModel: ApiGatewayOperation<"DeleteModel"> = ({ restApiId, modelName }, state, call) => {
  const { api } = requireModel(state, call, restApiId, modelName);
  checkUnused(api.definition, modelName);
  saveApi(state, call, withModels(api, withEntry(api.definition.models, modelName, undefined)));
  return {};
};
