import type { ApiDefinition, ResourceDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { applyPatch, listingMessages, type PatchRow } from "../../patch.js";
import { type ApiGatewayOperation, entryOf, requireResource, saveApi } from "../../state.js";
import { checkPathPart, idsBelow, joinPath, resourceOf } from "./resource.js";

interface Moved {
  readonly definition: ApiDefinition;
  readonly id: string;
}

const rows: readonly PatchRow<Moved>[] = [
  {
    path: "/parentId",
    replace: ({ definition, id }, parentId) => {
      const resource = definition.resources[id]!;
      if (resource.parentId === undefined) throw badRequest("Root resource cannot update its parentId.");
      if (!entryOf(definition.resources, parentId)) throw notFound("Invalid Resource identifier specified");
      if (idsBelow(definition, id).includes(parentId)) throw badRequest("Resources cannot be cyclical.");
      return { definition: place(definition, { ...resource, parentId }), id };
    },
  },
  {
    path: "/pathPart",
    replace: ({ definition, id }, pathPart) => {
      const resource = definition.resources[id]!;
      if (resource.parentId === undefined) throw badRequest("Root resource cannot update its pathPart.");
      return { definition: place(definition, { ...resource, pathPart }), id };
    },
  },
];

/** Puts a resource in its place and gives it and all below it the paths that follow. */
function place(definition: ApiDefinition, resource: ResourceDocument): ApiDefinition {
  const parent = definition.resources[resource.parentId ?? ""];
  if (!parent) return definition;
  checkPathPart(definition, parent, resource.pathPart, resource.id);
  const resources = { ...definition.resources, [resource.id]: resource };
  for (const id of idsBelow({ ...definition, resources }, resource.id)) {
    const moved = resources[id]!;
    resources[id] = { ...moved, path: joinPath(resources[moved.parentId ?? ""]!, moved.pathPart ?? "") };
  }
  return { ...definition, resources };
}

export const updateResource: ApiGatewayOperation<"UpdateResource"> = (input, state, call) => {
  const { api, resource } = requireResource(state, call, input);
  const { definition } = applyPatch(
    { definition: api.definition, id: resource.id },
    input.patchOperations,
    rows,
    listingMessages,
    "updateResourceInput",
  );
  saveApi(state, call, { ...api, definition });
  return resourceOf(definition.resources[resource.id]!, true);
};
