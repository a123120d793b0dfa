import type { ApiGatewayOperations } from "../../state.js";
import { createModel, deleteModel, getModel, getModels, updateModel } from "./models.js";

export const modelOperations = {
  CreateModel: createModel,
  GetModel: getModel,
  GetModels: getModels,
  UpdateModel: updateModel,
  DeleteModel: deleteModel,
} satisfies ApiGatewayOperations;
