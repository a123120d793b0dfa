// Finds the resource of a path, the most specific one: literal parts before variables, variables before greedy ones.

import type { ResourceDocument } from "../documents.js";

interface Routed<T> {
  readonly value: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Variable<T> {
  readonly name: string;
  readonly node: RouteNode<T>;
}

interface RouteNode<T> {
  readonly children: Map<string, RouteNode<T>>;
  variable?: Variable<T>;
  /** `{proxy+}`: matches one part and all that follow. */
  greedy?: { readonly name: string; readonly value: T };
  value?: T;
}

export class Router<T> {
  readonly #root: RouteNode<T> = { children: new Map() };

  constructor(resources: Iterable<ResourceDocument>, create: (resource: ResourceDocument) => T) {
    for (const resource of resources) this.#add(resource.path, create(resource));
  }

  /** @param path percent-decoded; a trailing slash is ignored */
  find(path: string): Routed<T> | undefined {
    const parts = path.split("/").filter((part) => part !== "");
    const values: [name: string, value: string][] = [];
    const found = walk(this.#root, parts, 0, values);
    return found === undefined ? undefined : { value: found, pathParameters: Object.fromEntries(values) };
  }

  #add(path: string, value: T): void {
    let node = this.#root;
    for (const part of path.split("/").filter((one) => one !== "")) {
      if (part.endsWith("+}")) {
        node.greedy = { name: part.slice(1, -2), value };
        return;
      }
      if (part.startsWith("{")) {
        node.variable ??= { name: part.slice(1, -1), node: { children: new Map() } };
        node = node.variable.node;
        continue;
      }
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
}

function walk<T>(
  node: RouteNode<T>,
  parts: readonly string[],
  index: number,
  values: [name: string, value: string][],
): T | undefined {
  const part = parts[index];
  if (part === undefined) return node.value;
  const child = node.children.get(part);
  const byName = child && walk(child, parts, index + 1, values);
  if (byName !== undefined) return byName;
  if (node.variable) {
    const before = values.length;
    values.push([node.variable.name, part]);
    const byVariable = walk(node.variable.node, parts, index + 1, values);
    if (byVariable !== undefined) return byVariable;
    values.length = before;
  }
  if (node.greedy) {
    values.push([node.greedy.name, parts.slice(index).join("/")]);
    return node.greedy.value;
  }
  return undefined;
}
