import type { ApiGatewayOperations } from "../../state.js";
import { createResource, deleteResource, getResource, getResources } from "./create-get-delete-resources.js";
import { updateResource } from "./update-resource.js";

export const resourceOperations = {
  CreateResource: createResource,
  GetResource: getResource,
  GetResources: getResources,
  UpdateResource: updateResource,
  DeleteResource: deleteResource,
} satisfies ApiGatewayOperations;
