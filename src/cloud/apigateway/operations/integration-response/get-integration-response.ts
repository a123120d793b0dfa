import { checkStatusCode } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireIntegrationResponse } from "./integration-response.js";

export const getIntegrationResponse: ApiGatewayOperation<"GetIntegrationResponse"> = (input, state, call) => {
  checkStatusCode(input.statusCode);
  return requireIntegrationResponse(state, call, input).response;
};
