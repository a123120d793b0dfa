import { badRequest } from "../../errors.js";
import { type ApiGatewayOperation, requireResource, saveApi } from "../../state.js";
import { idsBelow } from "./resource.js";

export const deleteResource: ApiGatewayOperation<"DeleteResource"> = (input, state, call) => {
  const { api, resource } = requireResource(state, call, input);
  const { definition } = api;
  if (resource.id === definition.rootResourceId) throw badRequest("Root resource cannot be deleted");
  const gone = new Set(idsBelow(definition, resource.id));
  const resources = Object.fromEntries(Object.entries(definition.resources).filter(([id]) => !gone.has(id)));
  saveApi(state, call, { ...api, definition: { ...definition, resources } });
  return {};
};
