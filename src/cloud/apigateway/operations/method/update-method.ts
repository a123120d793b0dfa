import type { Method } from "@aws-sdk/client-api-gateway";
import { applyPatch, bareWords, entryEffects, flagOf, type PatchRow } from "../../patch.js";
import { notFound } from "../../refusals.js";
import { type ApiGatewayOperation, getMethod, putMethodOf } from "../../state.js";
import { checkMethod } from "./method.js";

const rows: readonly PatchRow<Method>[] = [
  { path: "/authorizationType", replace: (method, authorizationType) => ({ ...method, authorizationType }) },
  {
    path: "/authorizerId",
    replace: (method, authorizerId) => ({ ...method, authorizerId: authorizerId || undefined }),
  },
  { path: "/apiKeyRequired", replace: (method, value) => ({ ...method, apiKeyRequired: flagOf(value) }) },
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
      flagOf,
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
  const found = getMethod(state, call, input);
  const patched = applyPatch(found.method, input.patchOperations, rows, bareWords, "updateMethodInput");
  const method = checkMethod(found.api.definition, patched);
  putMethodOf(state, call, found, input.httpMethod, method);
  return method;
};
