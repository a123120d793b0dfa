import type { ApiGatewayOperations } from "../../state.js";
import { deleteIntegration, getIntegration, putIntegration } from "./put-get-delete-integration.js";
import { updateIntegration } from "./update-integration.js";

export const integrationOperations = {
  PutIntegration: putIntegration,
  GetIntegration: getIntegration,
  UpdateIntegration: updateIntegration,
  DeleteIntegration: deleteIntegration,
} satisfies ApiGatewayOperations;
