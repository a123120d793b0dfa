// Fourth stage: what is sent to the backend, made by templates and parameter mappings.

import type { CompiledIntegration } from "../rest/compile.js";
import { GatewayFailure } from "../rest/failure.js";
import type { Invocation } from "../rest/invocation.js";
import { headerOf, mediaType } from "../rest/request.js";
import { textOf, type Value } from "../vtl/values.js";
import type { EndpointRequest } from "./endpoint.js";
import { mappedFromRequest } from "./parameter-mappings.js";
import type { Template } from "./template.js";
import { templateVariables } from "./template-input.js";

/**
 * The body and parameters for an integration that is not a proxy.
 * @throws GatewayFailure UNSUPPORTED_MEDIA_TYPE, API_CONFIGURATION_ERROR
 */
export function integrationRequest(invocation: Invocation, integration: CompiledIntegration): EndpointRequest {
  const { request, stage } = invocation;
  const isBinary = stage.api.isBinary(headerOf(request.headers, "Content-Type"));
  const bytes = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const text = bytes.toString(isBinary ? "base64" : "utf8");
  // Mapped from the request as it came, before the template; the template's overrides win.
  const parameters = mapParameters(invocation, integration, text);

  const template = chooseTemplate(invocation, integration);
  let body: string | Uint8Array = isBinary && integration.document.contentHandling !== "CONVERT_TO_TEXT" ? bytes : text;
  if (template) body = template.render(templateVariables(invocation, text === "" ? "{}" : text));
  if (integration.document.contentHandling === "CONVERT_TO_BINARY" && typeof body === "string") {
    body = Buffer.from(body, "base64");
  }
  return { ...withOverrides(invocation, parameters), body };
}

/** The template for the request's content type; undefined: the body is passed through. */
function chooseTemplate(invocation: Invocation, { templates, document }: CompiledIntegration): Template | undefined {
  const contentType = mediaType(headerOf(invocation.request.headers, "Content-Type")) ?? "application/json";
  const template = templates.get(contentType) ?? templates.get("$default");
  if (template) return template;
  const passesThrough =
    document.passthroughBehavior === "WHEN_NO_TEMPLATES"
      ? templates.size === 0
      : document.passthroughBehavior !== "NEVER";
  if (!passesThrough) throw new GatewayFailure("UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type");
  return undefined;
}

/** What a proxy integration adds to the request that it hands on. */
export function integrationParameters(invocation: Invocation, integration: CompiledIntegration): Parameters {
  return mapParameters(invocation, integration, Buffer.from(invocation.request.body).toString("utf8"));
}

interface Parameters {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly path: Readonly<Record<string, string>>;
}

const targetForm = /^integration\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;

function mapParameters(invocation: Invocation, { document }: CompiledIntegration, body: string): Parameters {
  const headers: Record<string, string> = {};
  const query = new Map<string, string[]>();
  const path: Record<string, string> = {};
  for (const [target, source] of Object.entries(document.requestParameters ?? {})) {
    const [, location, name = ""] = targetForm.exec(target) ?? [];
    const value = mappedFromRequest(invocation, source, body);
    if (value === undefined) continue;
    if (location === "header") headers[name] = value;
    else if (location === "querystring") query.set(name, [value]);
    else if (location === "path") path[name] = value;
  }
  return { headers, query, path };
}

function withOverrides(invocation: Invocation, { headers, query, path }: Parameters): Parameters {
  const overrides = (part: string) => textEntries(invocation.override("requestOverride", part));
  return {
    headers: { ...headers, ...Object.fromEntries(overrides("header")) },
    query: new Map([...query, ...overrides("querystring").map(([name, value]) => [name, [value]] as const)]),
    path: { ...path, ...Object.fromEntries(overrides("path")) },
  };
}

/** The entries of a map that a template has made, as text. */
export function textEntries(value: Value): (readonly [string, string])[] {
  return value instanceof Map ? [...value].map(([name, item]) => [name, textOf(item)] as const) : [];
}
