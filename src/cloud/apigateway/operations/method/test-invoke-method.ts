import { type ApiGatewayOperation, requireMethod } from "../../state.js";

export const testInvokeMethod: ApiGatewayOperation<"TestInvokeMethod"> = (input, state, call) => {
  const { api, resource } = requireMethod(state, call, input);
  return state.testInvoke(api, resource.id, input, call);
};
