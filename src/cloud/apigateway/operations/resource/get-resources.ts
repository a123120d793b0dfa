import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { resourceOf } from "./resource.js";

export const getResources: ApiGatewayOperation<"GetResources"> = (input, state, call) => {
  const { resources } = requireApi(state, call, input.restApiId).definition;
  const sorted = Object.values(resources).sort((one, other) => (one.path < other.path ? -1 : 1));
  const { items, position } = page(sorted, (resource) => resource.id, input);
  const withMethods = input.embed?.includes("methods") ?? false;
  return { items: items.map((resource) => resourceOf(resource, withMethods)), position };
};
