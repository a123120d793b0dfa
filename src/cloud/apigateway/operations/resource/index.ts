import type { ApiGatewayOperations } from "../../state.js";
import { createResource } from "./create-resource.js";
import { deleteResource, getResource, getResources } from "./get-and-delete-resources.js";
import { updateResource } from "./update-resource.js";

export const resourceOperations = {
  CreateResource: createResource,
  GetResource: getResource,
  GetResources: getResources,
  UpdateResource: updateResource,
  DeleteResource: deleteResource,
} satisfies ApiGatewayOperations;
