import { checkStatusCode, notFound } from "../../errors.js";
import { type ApiGatewayOperation, entryOf, omitIfEmpty } from "../../state.js";
import { storedTemplates, toIntegrationResponse } from "../../templates.js";
import { requireIntegration } from "../integration/integration.js";
import { requireResource } from "../resource/resource.js";
import {
  checkIntegrationResponse,
  requireIntegrationResponse,
  saveIntegrationResponse,
} from "./integration-response.js";

export const putIntegrationResponse: ApiGatewayOperation<"PutIntegrationResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireIntegration(state, call, input);
  const response = checkIntegrationResponse(found.method, statusCode, {
    statusCode,
    selectionPattern: input.selectionPattern,
    responseParameters: omitIfEmpty(input.responseParameters),
    responseTemplates: storedTemplates(input.responseTemplates),
    contentHandling: input.contentHandling,
  });
  saveIntegrationResponse(state, call, found, statusCode, response);
  return toIntegrationResponse(response);
};

export const getIntegrationResponse: ApiGatewayOperation<"GetIntegrationResponse"> = (input, state, call) => {
  checkStatusCode(input.statusCode);
  return toIntegrationResponse(requireIntegrationResponse(state, call, input).response);
};

export const deleteIntegrationResponse: ApiGatewayOperation<"DeleteIntegrationResponse"> = (input, state, call) => {
  // Only this operation reports a missing method as a missing integration.
  const { resource } = requireResource(state, call, input);
  if (!entryOf(resource.methods, input.httpMethod)) throw notFound("Invalid Integration identifier specified");
  const found = requireIntegrationResponse(state, call, input);
  saveIntegrationResponse(state, call, found, input.statusCode, undefined);
  return {};
};
