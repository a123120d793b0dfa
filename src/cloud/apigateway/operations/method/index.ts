import type { ApiGatewayOperations } from "../../state.js";
import { deleteMethod, getMethod, putMethod } from "./put-get-delete-method.js";
import { testInvokeMethod } from "./test-invoke-method.js";
import { updateMethod } from "./update-method.js";

export const methodOperations = {
  PutMethod: putMethod,
  GetMethod: getMethod,
  UpdateMethod: updateMethod,
  DeleteMethod: deleteMethod,
  TestInvokeMethod: testInvokeMethod,
} satisfies ApiGatewayOperations;
