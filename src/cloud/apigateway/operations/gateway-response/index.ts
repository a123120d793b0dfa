import type { ApiGatewayOperations } from "../../state.js";
import { deleteGatewayResponse, getGatewayResponse, getGatewayResponses } from "./get-and-delete-gateway-responses.js";
import { putGatewayResponse, updateGatewayResponse } from "./put-and-update-gateway-response.js";

export const gatewayResponseOperations = {
  PutGatewayResponse: putGatewayResponse,
  GetGatewayResponse: getGatewayResponse,
  GetGatewayResponses: getGatewayResponses,
  UpdateGatewayResponse: updateGatewayResponse,
  DeleteGatewayResponse: deleteGatewayResponse,
} satisfies ApiGatewayOperations;
