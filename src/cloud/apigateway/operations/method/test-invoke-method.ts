import { type ApiGatewayOperation, getMethod } from "../../state.js";

export const testInvokeMethod: ApiGatewayOperation<"TestInvokeMethod"> = (input, state, call) => {
  const { api, resource } = getMethod(state, call, input);
  return state.testInvoke(api, resource.id, input, call);
};
