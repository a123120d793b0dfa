import type { ApiGatewayOperation } from "../../state.js";
import { requireMethod } from "./method.js";

/** Invokes the method as it is being edited, without a deployment. The data plane does it. */
export const testInvokeMethod: ApiGatewayOperation<"TestInvokeMethod"> = (input, state, call) => {
  const { api, resource } = requireMethod(state, call, input);
  return state.testInvoke(api, resource.id, input, call);
};
