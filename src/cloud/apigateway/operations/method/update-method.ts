import type { Method } from "@aws-sdk/client-api-gateway";
import { notFound } from "../../errors.js";
import { applyPatch, entryEffects, type PatchRow, parseBoolean, plainMessages } from "../../patch.js";
import { type ApiGatewayOperation, requireMethod, saveMethod } from "../../state.js";
import { checkMethod } from "./method.js";

const rows: readonly PatchRow<Method>[] = [
  { path: "/authorizationType", replace: (method, authorizationType) => ({ ...method, authorizationType }) },
  {
    path: "/authorizerId",
    replace: (method, authorizerId) => ({ ...method, authorizerId: authorizerId || undefined }),
  },
  { path: "/apiKeyRequired", replace: (method, value) => ({ ...method, apiKeyRequired: parseBoolean(value) }) },
  { path: "/operationName", replace: (method, operationName) => ({ ...method, operationName }) },
  {
    path: "/requestValidatorId",
    replace: (method, requestValidatorId) => ({ ...method, requestValidatorId: requestValidatorId || undefined }),
  },
  {
    path: "/requestParameters/{name}",
    ...entryEffects(
      (method: Method) => method.requestParameters,
      (method, requestParameters) => ({ ...method, requestParameters }),
      parseBoolean,
      () => notFound("Invalid parameter name specified"),
    ),
  },
  {
    path: "/requestModels/{contentType}",
    ...entryEffects(
      (method: Method) => method.requestModels,
      (method, requestModels) => ({ ...method, requestModels }),
      (value) => value,
      () => notFound("Content-Type specified was not found"),
    ),
  },
];

export const updateMethod: ApiGatewayOperation<"UpdateMethod"> = (input, state, call) => {
  const found = requireMethod(state, call, input);
  const patched = applyPatch(found.method, input.patchOperations, rows, plainMessages, "updateMethodInput");
  const method = checkMethod(found.api.definition, patched);
  saveMethod(state, call, found, input.httpMethod, method);
  return method;
};
