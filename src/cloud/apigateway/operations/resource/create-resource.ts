import { type ApiGatewayOperation, partIdLength, saveApi } from "../../state.js";
import { newResource, requireResource, toResource, withResource } from "./resource.js";

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
