import { notFound } from "../../errors.js";
import { type ApiGatewayOperation, entryOf } from "../../state.js";
import { requireResource, withResource } from "../resource/resource.js";

/** Invokes the method as it is being edited, without a deployment. An ANY method stands for every method that does not exist. */
export const testInvokeMethod: ApiGatewayOperation<"TestInvokeMethod"> = (input, state, call) => {
  const { api, resource } = requireResource(state, call, input);
  const { methods } = resource;
  const method = entryOf(methods, input.httpMethod) ?? entryOf(methods, "ANY");
  if (!method) throw notFound("Invalid Method identifier specified");
  const invoked = withResource(api, { ...resource, methods: { ...methods, [input.httpMethod]: method } });
  return state.testInvoke(invoked, resource.id, input, call);
};
