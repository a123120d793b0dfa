import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import { checkStatusCode, notFound } from "../../errors.js";
import { applyPatch, entryEffects, type PatchRow, plainMessages } from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { contentHandlingRow } from "../integration/content-handling.js";
import { checkContentTypes, checkResponseMapping } from "../integration/mapping.js";
import { requireIntegrationResponse, saveIntegrationResponse } from "./integration-response.js";

const rows: readonly PatchRow<IntegrationResponse>[] = [
  { path: "/selectionPattern", replace: (response, selectionPattern) => ({ ...response, selectionPattern }) },
  contentHandlingRow(),
  {
    path: "/responseParameters/{name}",
    ...entryEffects(
      (response: IntegrationResponse) => response.responseParameters,
      (response, responseParameters) => ({ ...response, responseParameters }),
      (value) => value,
      () => notFound("Invalid parameter name specified"),
    ),
  },
  {
    path: "/responseTemplates/{contentType}",
    ...entryEffects(
      (response: IntegrationResponse) => response.responseTemplates,
      (response, responseTemplates) => ({ ...response, responseTemplates }),
      (value) => value,
      () => notFound("Content-Type specified was not found"),
    ),
  },
];

export const updateIntegrationResponse: ApiGatewayOperation<"UpdateIntegrationResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireIntegrationResponse(state, call, input);
  const response = applyPatch(
    found.response,
    input.patchOperations,
    rows,
    plainMessages,
    "updateIntegrationResponseInput",
  );
  checkContentTypes(response.responseTemplates);
  checkResponseMapping(found.method, statusCode, response.responseParameters);
  saveIntegrationResponse(state, call, found, statusCode, response);
  return response;
};
