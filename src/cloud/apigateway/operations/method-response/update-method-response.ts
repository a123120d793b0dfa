import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import { checkStatusCode } from "../../errors.js";
import {
  applyPatch,
  asSent,
  contentTypeRow,
  type PatchRow,
  parameterRow,
  parseBoolean,
  plainMessages,
} from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { checkMethodResponse, requireMethodResponse, saveMethodResponse } from "./method-response.js";

const rows: readonly PatchRow<MethodResponse>[] = [
  parameterRow("responseParameters", parseBoolean),
  contentTypeRow("responseModels", asSent),
];

export const updateMethodResponse: ApiGatewayOperation<"UpdateMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireMethodResponse(state, call, input);
  const patched = applyPatch(found.response, input.patchOperations, rows, plainMessages, "updateMethodResponseInput");
  const response = checkMethodResponse(found.api.definition, patched);
  saveMethodResponse(state, call, found, statusCode, response);
  return response;
};
