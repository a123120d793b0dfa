// Sixth stage: the integration response that the backend's answer selects makes the method response.

import { JavaRegexError, matchedCharactersMax } from "../java-regex.js";
import type { CompiledIntegration, CompiledMethod, CompiledResponse } from "../rest/compile.js";
import { configurationError } from "../rest/failure.js";
import type { Invocation } from "../rest/invocation.js";
import { firstAccepted } from "../rest/media-types.js";
import { bodyText, type GatewayReply, publicHeaderName, setHeader } from "../rest/reply.js";
import { headerOf, mediaType } from "../rest/request.js";
import { numberOf, textOf } from "../vtl/values.js";
import type { EndpointResponse } from "./endpoint.js";
import { textEntries } from "./integration-request.js";
import { mappedFromResponse } from "./parameter-mappings.js";
import { templateVariables } from "./template-input.js";

/** @throws GatewayFailure API_CONFIGURATION_ERROR */
export function integrationResponse(
  invocation: Invocation,
  method: CompiledMethod,
  integration: CompiledIntegration,
  response: EndpointResponse,
): GatewayReply {
  const selected = selectResponse(integration, response);
  if (!method.document.methodResponses?.[selected.statusCode]) {
    throw configurationError(`Output mapping refers to an invalid method response: ${selected.statusCode}`);
  }
  const text = Buffer.from(response.body).toString("utf8");
  const headers = new Map<string, readonly string[]>();
  const [contentType, template] = chooseTemplate(invocation, selected);
  headers.set("Content-Type", [contentType ?? response.headers["Content-Type"] ?? "application/json"]);
  for (const [target, source] of Object.entries(selected.document.responseParameters ?? {})) {
    const value = mappedFromResponse(invocation, source, response, text);
    if (value !== undefined) putHeader(headers, target.replace("method.response.header.", ""), value);
  }
  let body: string | Uint8Array = template ? template.render(templateVariables(invocation, text)) : response.body;
  if (selected.document.contentHandling === "CONVERT_TO_BINARY") body = Buffer.from(bodyText(body), "base64");
  if (selected.document.contentHandling === "CONVERT_TO_TEXT") body = Buffer.from(body).toString("base64");
  for (const [name, value] of textEntries(invocation.override("responseOverride", "header"))) {
    putHeader(headers, name, value);
  }
  return { status: overriddenStatus(invocation) ?? Number(selected.statusCode), headers, body };
}

/**
 * The first response whose pattern matches, else the one without a pattern.
 * @throws GatewayFailure when none is left
 */
function selectResponse({ responses }: CompiledIntegration, { selector, status }: EndpointResponse): CompiledResponse {
  const text = selector.slice(0, matchedCharactersMax);
  try {
    const selected = responses.find(({ selects }) => selects?.(text)) ?? responses.find(({ selects }) => !selects);
    if (selected) return selected;
  } catch (error) {
    if (error instanceof JavaRegexError) throw configurationError(error.message);
    throw error;
  }
  throw configurationError(
    `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
  );
}

/** By what the caller accepts, then JSON, then whichever is first; undefined: the body is passed through. */
function chooseTemplate({ request }: Invocation, { templates }: CompiledResponse) {
  const accepted = mediaType(firstAccepted(headerOf(request.headers, "Accept")));
  for (const contentType of [accepted, "application/json", templates.keys().next().value]) {
    const template = contentType === undefined ? undefined : templates.get(contentType);
    if (template) return [contentType, template] as const;
  }
  return [undefined, undefined] as const;
}

function overriddenStatus(invocation: Invocation): number | undefined {
  const override = invocation.override("responseOverride", "status");
  if (override === null) return undefined;
  const status = numberOf(override) ?? Number(textOf(override));
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

/** A line break would end the header: what a backend or caller sent must not. */
function putHeader(headers: Map<string, readonly string[]>, name: string, value: string): void {
  const sent = publicHeaderName(name);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no header may hold
  if (sent !== undefined) setHeader(headers, sent, [value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]+/g, " ")]);
}
