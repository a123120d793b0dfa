import type { ResourceDocument } from "../../documents.js";
import { type ApiGatewayOperation, partIdLength, requireResource, saveApi, withResource } from "../../state.js";
import { checkPathPart, joinPath, resourceOf } from "./resource.js";

export const createResource: ApiGatewayOperation<"CreateResource"> = (
  { restApiId, parentId, pathPart },
  state,
  call,
) => {
  const { api, resource: parent } = requireResource(state, call, { restApiId, resourceId: parentId });
  const part = checkPathPart(api.definition, parent, pathPart);
  const resource: ResourceDocument = {
    id: state.newId(partIdLength),
    parentId: parent.id,
    pathPart: part,
    path: joinPath(parent, part),
    methods: {},
  };
  saveApi(state, call, withResource(api, resource));
  return resourceOf(resource, true);
};
