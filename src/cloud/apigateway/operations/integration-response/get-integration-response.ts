import { checkStatusCode } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { getIntegrationResponse } from "./integration-response.js";

export const getIntegrationResponseOperation: ApiGatewayOperation<"GetIntegrationResponse"> = (input, state, call) => {
  checkStatusCode(input.statusCode);
  return getIntegrationResponse(state, call, input).response;
};
