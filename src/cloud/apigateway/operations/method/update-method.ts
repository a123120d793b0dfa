import type { MethodDocument } from "../../documents.js";
import {
  applyPatch,
  asSent,
  contentTypeRow,
  type PatchRow,
  parameterRow,
  parseBoolean,
  plainMessages,
  stringRow,
} from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { toMethod } from "../../templates.js";
import { checkMethod, requireMethod, saveMethod } from "./method.js";

const rows: readonly PatchRow<MethodDocument>[] = [
  {
    path: "/authorizationType",
    replace: (method, value) => ({ ...method, authorizationType: value.toUpperCase() }),
  },
  {
    path: "/authorizerId",
    replace: (method, authorizerId) => ({ ...method, authorizerId: authorizerId || undefined }),
  },
  { path: "/apiKeyRequired", replace: (method, value) => ({ ...method, apiKeyRequired: parseBoolean(value) }) },
  stringRow("operationName"),
  {
    path: "/requestValidatorId",
    replace: (method, requestValidatorId) => ({ ...method, requestValidatorId: requestValidatorId || undefined }),
  },
  parameterRow("requestParameters", parseBoolean),
  contentTypeRow("requestModels", asSent),
];

export const updateMethod: ApiGatewayOperation<"UpdateMethod"> = (input, state, call) => {
  const found = requireMethod(state, call, input);
  const patched = applyPatch(found.method, input.patchOperations, rows, plainMessages, "updateMethodInput");
  const method = checkMethod(found.api.definition, patched);
  saveMethod(state, call, found, input.httpMethod, method);
  return toMethod(method);
};
