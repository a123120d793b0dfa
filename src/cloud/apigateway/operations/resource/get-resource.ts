import { type ApiGatewayOperation, getResource } from "../../state.js";
import { resourceOf } from "./resource.js";

export const getResourceOperation: ApiGatewayOperation<"GetResource"> = (input, state, call) =>
  resourceOf(getResource(state, call, input).resource, input.embed?.includes("methods") ?? false);
