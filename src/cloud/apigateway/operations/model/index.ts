import type { ApiGatewayOperations } from "../../state.js";
import { createModel } from "./create-model.js";
import { deleteModel, getModel, getModels } from "./get-and-delete-models.js";
import { updateModel } from "./update-model.js";

export const modelOperations = {
  CreateModel: createModel,
  GetModel: getModel,
  GetModels: getModels,
  UpdateModel: updateModel,
  DeleteModel: deleteModel,
} satisfies ApiGatewayOperations;
