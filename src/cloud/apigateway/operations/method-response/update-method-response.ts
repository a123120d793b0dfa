import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import { applyPatch, bareWords, entryEffects, flagOf, type PatchRow } from "../../patch.js";
import { checkStatusCode, notFound } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { checkMethodResponse, getMethodResponse, putMethodResponseOf } from "./method-response.js";

const rows: readonly PatchRow<MethodResponse>[] = [
  {
    path: "/responseParameters/{name}",
    ...entryEffects(
      (response: MethodResponse) => response.responseParameters,
      (response, responseParameters) => ({ ...response, responseParameters }),
      flagOf,
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
  const found = getMethodResponse(state, call, input);
  const patched = applyPatch(found.response, input.patchOperations, rows, bareWords, "updateMethodResponseInput");
  const response = checkMethodResponse(found.api.definition, patched);
  putMethodResponseOf(state, call, found, statusCode, response);
  return response;
};
