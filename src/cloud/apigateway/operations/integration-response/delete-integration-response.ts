import { notFound } from "../../errors.js";
import { type ApiGatewayOperation, entryOf, requireResource } from "../../state.js";
import { requireIntegrationResponse, saveIntegrationResponse } from "./integration-response.js";

export const deleteIntegrationResponse: ApiGatewayOperation<"DeleteIntegrationResponse"> = (input, state, call) => {
  // A missing method is told as a missing integration here, and only here.
  const { resource } = requireResource(state, call, input);
  if (!entryOf(resource.methods, input.httpMethod)) throw notFound("Invalid Integration identifier specified");
  saveIntegrationResponse(state, call, requireIntegrationResponse(state, call, input), input.statusCode, undefined);
  return {};
};
