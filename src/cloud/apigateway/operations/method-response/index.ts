import type { ApiGatewayOperations } from "../../state.js";
import { deleteMethodResponse, getMethodResponse, putMethodResponse } from "./put-get-delete-method-response.js";
import { updateMethodResponse } from "./update-method-response.js";

export const methodResponseOperations = {
  PutMethodResponse: putMethodResponse,
  GetMethodResponse: getMethodResponse,
  UpdateMethodResponse: updateMethodResponse,
  DeleteMethodResponse: deleteMethodResponse,
} satisfies ApiGatewayOperations;
