import { badRequest } from "../../errors.js";
import { page } from "../../pagination.js";
import { type ApiGatewayOperation, partIdLength, requireApi, saveApi, withDefinition } from "../../state.js";
import { newResource, requireResource, subtreeIds, toResource, withResource } from "./resource.js";

export const createResource: ApiGatewayOperation<"CreateResource"> = (
  { restApiId, parentId, pathPart },
  state,
  call,
) => {
  const { api, resource: parent } = requireResource(state, call, { restApiId, resourceId: parentId });
  const resource = newResource(api.definition.resources, parent, pathPart, () => state.newId(partIdLength));
  saveApi(state, call, withResource(api, resource));
  return toResource(resource, true);
};

export const getResource: ApiGatewayOperation<"GetResource"> = (input, state, call) =>
  toResource(requireResource(state, call, input).resource, input.embed?.includes("methods") ?? false);

export const getResources: ApiGatewayOperation<"GetResources"> = (input, state, call) => {
  const { resources } = requireApi(state, call, input.restApiId).definition;
  const { items, position } = page(Object.values(resources), ({ path }) => path, input);
  const withMethods = input.embed?.includes("methods") ?? false;
  return { items: items.map((resource) => toResource(resource, withMethods)), position };
};

/** Deletes the resource and all resources below it. */
export const deleteResource: ApiGatewayOperation<"DeleteResource"> = (input, state, call) => {
  const { api, resource } = requireResource(state, call, input);
  const { definition } = api;
  if (resource.id === definition.rootResourceId) throw badRequest("Root resource cannot be deleted");
  const deleted = new Set(subtreeIds(definition.resources, resource.id));
  const resources = Object.fromEntries(Object.entries(definition.resources).filter(([id]) => !deleted.has(id)));
  saveApi(state, call, withDefinition(api, { resources }));
  return {};
};
