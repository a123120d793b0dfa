import { type ApiGatewayOperation, getMethod } from "../../state.js";

export const getMethodOperation: ApiGatewayOperation<"GetMethod"> = (input, state, call) =>
  getMethod(state, call, input).method;
