import type { ApiDefinition, ResourceDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { applyPatch, listingMessages, type PatchRow } from "../../patch.js";
import { type ApiGatewayOperation, entryOf, saveApi, withDefinition } from "../../state.js";
import { checkPathPart, joinPath, requireResource, subtreeIds, toResource } from "./resource.js";

/** A patch of one resource changes the paths of all resources below it. */
interface Patched {
  readonly resources: ApiDefinition["resources"];
  readonly resource: ResourceDocument;
}

const rows: readonly PatchRow<Patched>[] = [
  {
    path: "/parentId",
    replace: ({ resources, resource }, parentId) => {
      if (resource.parentId === undefined) throw badRequest("Root resource cannot update its parentId.");
      const parent = entryOf(resources, parentId);
      if (!parent) throw notFound("Invalid Resource identifier specified");
      if (subtreeIds(resources, resource.id).includes(parentId)) throw badRequest("Resources cannot be cyclical.");
      return moved(resources, resource, parent, resource.pathPart);
    },
  },
  {
    path: "/pathPart",
    replace: ({ resources, resource }, pathPart) => {
      const parent = entryOf(resources, resource.parentId ?? "");
      if (!parent) throw badRequest("Root resource cannot update its pathPart.");
      return moved(resources, resource, parent, pathPart);
    },
  },
];

/** @throws AwsError BadRequestException, ConflictException */
function moved(
  before: ApiDefinition["resources"],
  resource: ResourceDocument,
  parent: ResourceDocument,
  pathPart: string | undefined,
): Patched {
  const part = checkPathPart(before, parent, pathPart, resource.id);
  const root = { ...resource, parentId: parent.id, pathPart: part, path: joinPath(parent, part) };
  const resources: Record<string, ResourceDocument> = { ...before, [root.id]: root };
  for (const id of subtreeIds(before, root.id).slice(1)) {
    const child = resources[id];
    const childParent = resources[child?.parentId ?? ""];
    if (child && childParent) resources[id] = { ...child, path: joinPath(childParent, child.pathPart ?? "") };
  }
  return { resources, resource: root };
}

export const updateResource: ApiGatewayOperation<"UpdateResource"> = (input, state, call) => {
  const { api, resource } = requireResource(state, call, input);
  const before = { resources: api.definition.resources, resource };
  const patched = applyPatch(before, input.patchOperations, rows, listingMessages, "updateResourceInput");
  saveApi(state, call, withDefinition(api, { resources: patched.resources }));
  return toResource(patched.resource, true);
};
