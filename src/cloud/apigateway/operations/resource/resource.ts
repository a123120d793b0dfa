import type { Resource } from "@aws-sdk/client-api-gateway";
import type { AccountRegion } from "../../../service-interfaces.js";
import type { ApiDefinition, ApiDocument, ResourceDocument } from "../../documents.js";
import { badRequest, conflict, limitExceeded, notFound } from "../../errors.js";
import { resourcesMax, urlCharactersMax } from "../../limits.js";
import { type ApiGatewayState, entryOf, findApi, withDefinition } from "../../state.js";
import { toMethod } from "../../templates.js";

type Resources = ApiDefinition["resources"];

export interface ResourceName {
  readonly restApiId: string;
  readonly resourceId: string;
}

/** @throws AwsError NotFoundException, which names the resource also when the API does not exist, as AWS does */
export function requireResource(state: ApiGatewayState, call: AccountRegion, { restApiId, resourceId }: ResourceName) {
  const api = findApi(state, call, restApiId);
  const resource = entryOf(api?.definition.resources, resourceId);
  if (!api || !resource) throw notFound("Invalid Resource identifier specified");
  return { api, resource };
}

/** The API with this resource added, or replaced when it has one with the same id. */
export function withResource(api: ApiDocument, resource: ResourceDocument): ApiDocument {
  return withDefinition(api, { resources: { ...api.definition.resources, [resource.id]: resource } });
}

/** @param withMethods whether the methods are complete, or only named */
export function toResource(
  { id, parentId, pathPart, path, methods }: ResourceDocument,
  withMethods: boolean,
): Resource {
  const entries = Object.entries(methods).map(([name, method]) => [name, withMethods ? toMethod(method) : {}]);
  return {
    id,
    parentId,
    pathPart,
    path,
    resourceMethods: entries.length > 0 ? Object.fromEntries(entries) : undefined,
  };
}

/**
 * A new child resource without methods.
 * @throws AwsError BadRequestException, ConflictException, LimitExceededException
 */
export function newResource(
  resources: Resources,
  parent: ResourceDocument,
  pathPart: string | undefined,
  idOf: (path: string) => string,
): ResourceDocument {
  // The root resource, which does not count, takes the place of the new one.
  checkResourceCount(Object.keys(resources).length);
  const part = checkPathPart(resources, parent, pathPart);
  const path = joinPath(parent, part);
  return { id: idOf(path), parentId: parent.id, pathPart: part, path, methods: {} };
}

/** @throws AwsError LimitExceededException when an API has that many resources besides its root */
export function checkResourceCount(count: number): void {
  if (count > resourcesMax) {
    throw limitExceeded(
      "Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.",
    );
  }
}

const pathPartPattern = /^(?:[a-zA-Z0-9._\-:]+|\{[a-zA-Z0-9._\-:]+\+?\})$/;

const isVariable = (pathPart: string | undefined): boolean => pathPart?.startsWith("{") === true;
const isGreedy = (pathPart: string | undefined): boolean => pathPart?.endsWith("+}") === true;

/**
 * Checks that a resource with this path part is allowed under `parent`, beside its siblings.
 * @param ownId the id of a resource that is being moved or renamed
 * @throws AwsError BadRequestException, ConflictException
 */
export function checkPathPart(
  resources: Resources,
  parent: ResourceDocument,
  pathPart: string | undefined,
  ownId?: string,
): string {
  if (pathPart === undefined || !pathPartPattern.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  if (isGreedy(parent.pathPart)) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }
  for (const sibling of Object.values(resources)) {
    if (sibling.parentId !== parent.id || sibling.id === ownId) continue;
    if (sibling.pathPart === pathPart) {
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    }
    if (isVariable(sibling.pathPart) && isVariable(pathPart)) {
      throw badRequest(
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
    }
  }
  return pathPart;
}

/** @throws AwsError BadRequestException when no URL can have the path */
export function joinPath(parent: ResourceDocument, pathPart: string): string {
  const path = parent.path === "/" ? `/${pathPart}` : `${parent.path}/${pathPart}`;
  if (path.length > urlCharactersMax) throw badRequest(`Resource path is longer than ${urlCharactersMax} characters`);
  return path;
}

/** The ids of a resource and of all resources below it, parents before their children. */
export function subtreeIds(resources: Resources, id: string): string[] {
  const childIds = new Map<string, string[]>();
  for (const child of Object.values(resources)) {
    if (child.parentId === undefined) continue;
    const siblings = childIds.get(child.parentId);
    if (siblings) siblings.push(child.id);
    else childIds.set(child.parentId, [child.id]);
  }
  const ids = [id];
  for (const parentId of ids) ids.push(...(childIds.get(parentId) ?? []));
  return ids;
}
