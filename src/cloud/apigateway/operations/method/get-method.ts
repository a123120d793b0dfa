import { type ApiGatewayOperation, requireMethod } from "../../state.js";

export const getMethod: ApiGatewayOperation<"GetMethod"> = (input, state, call) =>
  requireMethod(state, call, input).method;
