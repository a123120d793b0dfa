// What the operations on resources share: the answer, and the rules of AWS for where a resource may stand.

import type { Resource } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition, ResourceDocument } from "../../documents.js";
import { badRequest, conflict } from "../../errors.js";

const pathPartPattern = /^(?:[a-zA-Z0-9._\-:]+|\{[a-zA-Z0-9._\-:]+\+?\})$/;

/** @param withMethods whole methods; otherwise only which there are */
export function resourceOf(
  { id, parentId, pathPart, path, methods }: ResourceDocument,
  withMethods: boolean,
): Resource {
  const names = Object.keys(methods);
  const resourceMethods = withMethods ? { ...methods } : Object.fromEntries(names.map((name) => [name, {}]));
  return { id, parentId, pathPart, path, resourceMethods: names.length > 0 ? resourceMethods : undefined };
}

const isVariable = (pathPart: string | undefined): boolean => pathPart?.startsWith("{") === true;
const isGreedy = (pathPart: string | undefined): boolean => pathPart?.endsWith("+}") === true;

/**
 * Checks that `pathPart` may stand under `parent`, next to what is there.
 * @throws AwsError BadRequestException, ConflictException
 */
export function checkPathPart(
  { resources }: ApiDefinition,
  parent: ResourceDocument,
  pathPart: string | undefined,
  self?: string,
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
    if (sibling.parentId !== parent.id || sibling.id === self) continue;
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

export function joinPath(parent: ResourceDocument, pathPart: string): string {
  return parent.path === "/" ? `/${pathPart}` : `${parent.path}/${pathPart}`;
}

/** The ids of a resource and of all below it. */
export function idsBelow(definition: ApiDefinition, id: string): string[] {
  const children = Object.values(definition.resources).filter(({ parentId }) => parentId === id);
  return [id, ...children.flatMap((child) => idsBelow(definition, child.id))];
}
