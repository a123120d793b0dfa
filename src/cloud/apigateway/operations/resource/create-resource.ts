import type { ResourceDocument } from "../../documents.js";
import { type ApiGatewayOperation, getResource, partIdLength, putApi, withResource } from "../../state.js";
import { checkPlace, joinPath, resourceOf } from "./resource.js";

export const createResource: ApiGatewayOperation<"CreateResource"> = (
  { restApiId, parentId, pathPart },
  state,
  call,
) => {
  const { api, resource: parent } = getResource(state, call, { restApiId, resourceId: parentId });
  const part = checkPlace(api.definition, parent, pathPart);
  const resource: ResourceDocument = {
    id: state.newId(partIdLength),
    parentId: parent.id,
    pathPart: part,
    path: joinPath(parent, part),
    methods: {},
  };
  putApi(state, call, withResource(api, resource));
  return resourceOf(resource, true);
};
