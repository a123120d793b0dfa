import { notFound } from "../../errors.js";
import { type ApiGatewayOperation, entryOf } from "../../state.js";
import { requireResource, withResource } from "../resource/resource.js";

/**
 * Invokes the method in its current state, without a deployment. An ANY method handles every HTTP method without a
 * method of its own.
 */
export const testInvokeMethod: ApiGatewayOperation<"TestInvokeMethod"> = (input, state, call) => {
  const { api, resource } = requireResource(state, call, input);
  const { methods } = resource;
  const method = entryOf(methods, input.httpMethod) ?? entryOf(methods, "ANY");
  if (!method) throw notFound("Invalid Method identifier specified");
  const invoked = withResource(api, { ...resource, methods: { ...methods, [input.httpMethod]: method } });
  return state.testInvoke(invoked, resource.id, input, call);
};
