import type { ApiGatewayOperation } from "../../state.js";
import { getValidator } from "./request-validator.js";

export const getRequestValidator: ApiGatewayOperation<"GetRequestValidator"> = (input, state, call) =>
  getValidator(state, call, input.restApiId, input.requestValidatorId).validator;
