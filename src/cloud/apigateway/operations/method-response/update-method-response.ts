import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import { checkStatusCode, notFound } from "../../errors.js";
import { applyPatch, entryEffects, type PatchRow, parseBoolean, plainMessages } from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { checkMethodResponse, requireMethodResponse, saveMethodResponse } from "./method-response.js";

const rows: readonly PatchRow<MethodResponse>[] = [
  {
    path: "/responseParameters/{name}",
    ...entryEffects(
      (response: MethodResponse) => response.responseParameters,
      (response, responseParameters) => ({ ...response, responseParameters }),
      parseBoolean,
      () => notFound("Invalid parameter name specified"),
    ),
  },
  {
    path: "/responseModels/{contentType}",
    ...entryEffects(
      (response: MethodResponse) => response.responseModels,
      (response, responseModels) => ({ ...response, responseModels }),
      (value) => value,
      () => notFound("Content-Type specified was not found"),
    ),
  },
];

export const updateMethodResponse: ApiGatewayOperation<"UpdateMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireMethodResponse(state, call, input);
  const patched = applyPatch(found.response, input.patchOperations, rows, plainMessages, "updateMethodResponseInput");
  const response = checkMethodResponse(found.api.definition, patched);
  saveMethodResponse(state, call, found, statusCode, response);
  return response;
};
