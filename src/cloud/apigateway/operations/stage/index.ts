import type { ApiGatewayOperations } from "../../state.js";
import { createStage } from "./create-stage.js";
import { deleteStage, getStage, getStages } from "./get-and-delete-stages.js";
import { updateStage } from "./update-stage.js";

export const stageOperations = {
  CreateStage: createStage,
  GetStage: getStage,
  GetStages: getStages,
  UpdateStage: updateStage,
  DeleteStage: deleteStage,
} satisfies ApiGatewayOperations;
