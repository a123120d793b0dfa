import type { Model } from "@aws-sdk/client-api-gateway";
import { applyPatch, listingMessages, type PatchRow } from "../../patch.js";
import { type ApiGatewayOperation, saveApi } from "../../state.js";
import { checkSchema, requireModel, withModels } from "./model.js";

const rows: readonly PatchRow<Model>[] = [
  { path: "/description", replace: (model, description) => ({ ...model, description }) },
  { path: "/schema", replace: (model, schema) => ({ ...model, schema: checkSchema(schema) }) },
];

export const updateModel: ApiGatewayOperation<"UpdateModel"> = (
  { restApiId, modelName, patchOperations },
  state,
  call,
) => {
  const { api, model } = requireModel(state, call, restApiId, modelName);
  const patched = applyPatch(model, patchOperations, rows, listingMessages, "updateModelInput");
  saveApi(state, call, withModels(api, { ...api.definition.models, [modelName]: patched }));
  return patched;
};
