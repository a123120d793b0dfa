// Parameter mappings: a value from the request, the response, the context, or a constant in single quotes.

import { query } from "../jsonpath/query.js";
import type { Invocation } from "../rest/invocation.js";
import { headerOf } from "../rest/request.js";
import { propertyAt } from "../vtl/methods.js";
import { JsonError, readJson } from "../vtl/read-json.js";
import { jsonText, textOf, type Value } from "../vtl/values.js";
import type { EndpointResponse } from "./endpoint.js";

const constant = /^'([\s\S]*)'$/;
const requestSource = /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;
const bodySource = /^(?:method\.request|integration\.response)\.body(?:\.(.+)|(\[.+))?$/;
const responseHeader = /^integration\.response\.(?:multivalue)?header\.(.+)$/;

/** The mapped value; undefined when its source is not there. */
export function mappedFromRequest(invocation: Invocation, source: string, body: string): string | undefined {
  const [, location, name = ""] = requestSource.exec(source) ?? [];
  const { request, target } = invocation;
  switch (location) {
    case "path":
      return target?.pathParameters[name];
    case "querystring":
      return request.query.get(name)?.at(-1);
    case "header":
      return headerOf(request.headers, name);
    default:
      return mapped(invocation, source, body);
  }
}

/** The mapped value; undefined when its source is not there. */
export function mappedFromResponse(
  invocation: Invocation,
  source: string,
  response: EndpointResponse,
  body: string,
): string | undefined {
  const name = responseHeader.exec(source)?.[1]?.toLowerCase();
  if (name === undefined) return mapped(invocation, source, body);
  return Object.entries(response.headers).find(([sent]) => sent.toLowerCase() === name)?.[1];
}

function mapped(invocation: Invocation, source: string, body: string): string | undefined {
  const text = constant.exec(source);
  if (text) return text[1];
  const inBody = bodySource.exec(source);
  if (inBody) return fromBody(body, inBody[1] === undefined ? `$${inBody[2] ?? ""}` : `$.${inBody[1]}`);
  const [root, ...names] = source.split(".");
  if (root === "stageVariables") return invocation.stage.variables[names.join(".")];
  if (root !== "context") return undefined;
  const found = propertyAt(invocation.context, names);
  return found === undefined || found === null ? undefined : textOf(found);
}

function fromBody(body: string, path: string): string | undefined {
  if (path === "$") return body;
  let value: Value;
  try {
    value = readJson(body);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
  const found = query(value, path);
  if (found === undefined || found === null) return undefined;
  return typeof found === "object" ? jsonText(found) : textOf(found);
}
