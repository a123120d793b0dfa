import type { IntegrationResponseDocument } from "../../documents.js";
import { checkStatusCode } from "../../errors.js";
import {
  applyPatch,
  asSent,
  contentTypeRow,
  type PatchRow,
  parameterRow,
  plainMessages,
  stringRow,
} from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { storedTemplate, toIntegrationResponse } from "../../templates.js";
import { contentHandlingRow } from "../integration/integration.js";
import {
  checkIntegrationResponse,
  requireIntegrationResponse,
  saveIntegrationResponse,
} from "./integration-response.js";

const rows: readonly PatchRow<IntegrationResponseDocument>[] = [
  stringRow("selectionPattern"),
  contentHandlingRow(),
  parameterRow("responseParameters", asSent),
  contentTypeRow("responseTemplates", storedTemplate),
];

const inputName = "updateIntegrationResponseInput";

export const updateIntegrationResponse: ApiGatewayOperation<"UpdateIntegrationResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireIntegrationResponse(state, call, input);
  const patched = applyPatch(found.response, input.patchOperations, rows, plainMessages, inputName);
  const response = checkIntegrationResponse(found.method, statusCode, patched);
  saveIntegrationResponse(state, call, found, statusCode, response);
  return toIntegrationResponse(response);
};
