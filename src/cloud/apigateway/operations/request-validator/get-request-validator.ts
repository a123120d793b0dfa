import type { ApiGatewayOperation } from "../../state.js";
import { requireValidator } from "./request-validator.js";

export const getRequestValidator: ApiGatewayOperation<"GetRequestValidator"> = (input, state, call) =>
  requireValidator(state, call, input.restApiId, input.requestValidatorId).validator;
