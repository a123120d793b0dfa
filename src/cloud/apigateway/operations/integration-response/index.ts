import type { ApiGatewayOperations } from "../../state.js";
import {
  deleteIntegrationResponse,
  getIntegrationResponse,
  putIntegrationResponse,
} from "./put-get-delete-integration-response.js";
import { updateIntegrationResponse } from "./update-integration-response.js";

export const integrationResponseOperations = {
  PutIntegrationResponse: putIntegrationResponse,
  GetIntegrationResponse: getIntegrationResponse,
  UpdateIntegrationResponse: updateIntegrationResponse,
  DeleteIntegrationResponse: deleteIntegrationResponse,
} satisfies ApiGatewayOperations;
