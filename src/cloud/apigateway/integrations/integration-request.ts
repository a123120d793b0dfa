// What an integration that is not a proxy is sent: parameter mappings, the template, and the template's overrides.

import { headerOf, mediaType } from "../../lambda-events/index.js";
import type { CompiledIntegration } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import { GatewayFailure } from "../rest/failure.js";
import { textOf, type Value } from "../vtl/values.js";
import { mainThreadBudget, withinBudget } from "../worker/budget.js";
import type { EndpointRequest } from "./endpoint.js";
import { map } from "./map.js";
import type { MappingResult } from "./perform-mapping.js";
import type { Template } from "./template.js";

/**
 * The body and parameters for an integration that is not a proxy.
 * @throws GatewayFailure UNSUPPORTED_MEDIA_TYPE, API_CONFIGURATION_ERROR
 */
export async function integrationRequest(
  exchange: Exchange,
  integration: CompiledIntegration,
): Promise<EndpointRequest> {
  const { request, stage } = exchange;
  const { requestParameters: parameters = {}, contentHandling } = integration.document;
  const template = chooseTemplate(exchange, integration);
  const isBinary = stage.api.isBinary(headerOf(request.headers, "Content-Type"));
  const bytes = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const text = bytes.toString(isBinary ? "base64" : "utf8");
  const mapped = await map(exchange, { parameters, template }, text);
  let body: string | Uint8Array = mapped.body ?? (isBinary && contentHandling !== "CONVERT_TO_TEXT" ? bytes : text);
  if (contentHandling === "CONVERT_TO_BINARY" && typeof body === "string") body = Buffer.from(body, "base64");
  return { ...withOverrides(exchange, placed(mapped.parameters)), body };
}

/** The template for the request's content type; undefined: the body is passed through. */
function chooseTemplate(exchange: Exchange, { templates, document }: CompiledIntegration): Template | undefined {
  const contentType = mediaType(headerOf(exchange.request.headers, "Content-Type")) ?? "application/json";
  for (const name of [contentType, "$default"]) if (templates.has(name)) return templates.get(name);
  const passesThrough =
    document.passthroughBehavior === "WHEN_NO_TEMPLATES"
      ? templates.size === 0
      : document.passthroughBehavior !== "NEVER";
  if (!passesThrough) throw new GatewayFailure("UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type");
  return undefined;
}

/** What a proxy integration adds to the request that it passes on. */
export async function integrationParameters(
  exchange: Exchange,
  { document }: CompiledIntegration,
): Promise<EndpointParameters> {
  const { requestParameters: parameters = {} } = document;
  const body = Buffer.from(exchange.request.body).toString("utf8");
  return placed((await map(exchange, { parameters, template: undefined }, body)).parameters);
}

type EndpointParameters = Omit<EndpointRequest, "body">;

const targetForm = /^integration\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;

function placed(parameters: MappingResult["parameters"]): EndpointParameters {
  const headers: Record<string, string> = {};
  const query = new Map<string, string[]>();
  const path: Record<string, string> = {};
  for (const [target, value] of parameters) {
    const [, location, name = ""] = targetForm.exec(target) ?? [];
    if (location === "header") headers[name] = value;
    else if (location === "querystring") query.set(name, [value]);
    else if (location === "path") path[name] = value;
  }
  return { headers, query, path };
}

function withOverrides(exchange: Exchange, { headers, query, path }: EndpointParameters): EndpointParameters {
  const overrides = (part: string) => textEntries(exchange.override("requestOverride", part));
  return {
    headers: { ...headers, ...Object.fromEntries(overrides("header")) },
    query: new Map([...query, ...overrides("querystring").map(([name, value]) => [name, [value]] as const)]),
    path: { ...path, ...Object.fromEntries(overrides("path")) },
  };
}

/** The entries of a map that a template has written, as strings. */
export function textEntries(value: Value): (readonly [string, string])[] {
  if (!(value instanceof Map) || value.size === 0) return [];
  return withinBudget(mainThreadBudget(), () => [...value].map(([name, item]) => [name, textOf(item)] as const));
}
