import type { Model } from "@aws-sdk/client-api-gateway";
import { applyPatch, listingMessages, type PatchRow, stringRow } from "../../patch.js";
import { type ApiGatewayOperation, saveApi, withDefinition } from "../../state.js";
import { checkSchema, requireModel } from "./model.js";

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
