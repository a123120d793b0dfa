import { type ApiGatewayOperation, requireResource } from "../../state.js";
import { resourceOf } from "./resource.js";

export const getResource: ApiGatewayOperation<"GetResource"> = (input, state, call) =>
  resourceOf(requireResource(state, call, input).resource, input.embed?.includes("methods") ?? false);
