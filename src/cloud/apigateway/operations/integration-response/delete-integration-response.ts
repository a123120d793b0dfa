import { notFound } from "../../refusals.js";
import { type ApiGatewayOperation, entryOf, getResource } from "../../state.js";
import { getIntegrationResponse, putIntegrationResponseOf } from "./integration-response.js";

export const deleteIntegrationResponse: ApiGatewayOperation<"DeleteIntegrationResponse"> = (input, state, call) => {
  // A missing method is told as a missing integration here, and only here.
  const { resource } = getResource(state, call, input);
  if (!entryOf(resource.methods, input.httpMethod)) throw notFound("Invalid Integration identifier specified");
  putIntegrationResponseOf(state, call, getIntegrationResponse(state, call, input), input.statusCode, undefined);
  return {};
};
