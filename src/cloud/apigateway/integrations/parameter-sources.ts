// Where parameter mappings take a value from: the request, the integration's response, the context, or a constant in
// single quotes.

import { headerOf, type MultiValues } from "../../lambda-events/index.js";
import { query } from "../jsonpath/query.js";
import { propertyAt } from "../vtl/methods.js";
import { JsonError, readJson } from "../vtl/read-json.js";
import { type JavaMap, jsonText, textOf, type Value } from "../vtl/values.js";

/** What mappings and templates read. Plain data, so that a worker thread can get it. */
export interface MappingScope {
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: MultiValues;
  readonly headers: MultiValues;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Of the integration's response; undefined while the request is mapped. */
  readonly responseHeaders: Readonly<Record<string, string>> | undefined;
  /** The body of the request or of the integration's response. */
  readonly body: string;
}

const constant = /^'([\s\S]*)'$/;
const requestSource = /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;
const bodySource = /^(?:method\.request|integration\.response)\.body(?:\.(.+)|(\[.+))?$/;
const responseHeader = /^integration\.response\.(?:multivalue)?header\.(.+)$/;

export function readsContext(source: string): boolean {
  return source.startsWith("context");
}

/** Reads mapped values; a JSON body is parsed once for all of them. */
export class ParameterSources {
  readonly #scope: MappingScope;
  readonly #context: JavaMap;
  /** undefined: not parsed yet; null is also the value of a body that is not JSON. */
  #body: Value | undefined;

  constructor(scope: MappingScope, context: JavaMap) {
    this.#scope = scope;
    this.#context = context;
  }

  /** The value of `source`; undefined when it has none. */
  value(source: string): string | undefined {
    return this.#scope.responseHeaders ? this.#fromResponse(source) : this.#fromRequest(source);
  }

  #fromRequest(source: string): string | undefined {
    const [, location, name = ""] = requestSource.exec(source) ?? [];
    const { pathParameters, query, headers } = this.#scope;
    switch (location) {
      case "path":
        return Object.hasOwn(pathParameters, name) ? pathParameters[name] : undefined;
      case "querystring":
        return query.get(name)?.at(-1);
      case "header":
        return headerOf(headers, name);
      default:
        return this.#shared(source);
    }
  }

  #fromResponse(source: string): string | undefined {
    const name = responseHeader.exec(source)?.[1]?.toLowerCase();
    if (name === undefined) return this.#shared(source);
    return Object.entries(this.#scope.responseHeaders ?? {}).find(([sent]) => sent.toLowerCase() === name)?.[1];
  }

  #shared(source: string): string | undefined {
    const text = constant.exec(source);
    if (text) return text[1];
    const inBody = bodySource.exec(source);
    if (inBody) return this.#fromBody(inBody[1] === undefined ? `$${inBody[2] ?? ""}` : `$.${inBody[1]}`);
    const [root, ...names] = source.split(".");
    if (root === "stageVariables") return this.#scope.stageVariables[names.join(".")];
    if (root !== "context") return undefined;
    const found = propertyAt(this.#context, names);
    return found === undefined || found === null ? undefined : textOf(found);
  }

  #fromBody(path: string): string | undefined {
    if (path === "$") return this.#scope.body;
    if (this.#body === undefined) {
      try {
        this.#body = readJson(this.#scope.body);
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        this.#body = null;
      }
    }
    const found = query(this.#body, path);
    if (found === undefined || found === null) return undefined;
    return typeof found === "object" ? jsonText(found) : textOf(found);
  }
}
