// The integration response that the backend's response selects, and the method response that it makes.

import { headerOf, mediaType } from "../../lambda-events/index.js";
import { JavaRegexError, javaRegex, matchedCharactersMax } from "../regex/java-regex.js";
import type { CompiledIntegration, CompiledMethod, CompiledResponse } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import { configurationError } from "../rest/failure.js";
import { firstAccepted } from "../rest/media-types.js";
import { bodyText, type GatewayReply, publicHeaderName, setHeader } from "../rest/reply.js";
import { numberOf } from "../vtl/values.js";
import { BudgetExceeded, mainThreadBudget, withinBudget } from "../worker/budget.js";
import { TooCostly } from "../worker/pool.js";
import type { EndpointResponse } from "./endpoint.js";
import { textEntries } from "./integration-request.js";
import { map } from "./map.js";
import type { Template } from "./template.js";

/** @throws GatewayFailure API_CONFIGURATION_ERROR */
export async function integrationResponse(
  exchange: Exchange,
  method: CompiledMethod,
  integration: CompiledIntegration,
  response: EndpointResponse,
): Promise<GatewayReply> {
  const selected = await selectResponse(exchange, integration, response);
  if (!method.document.methodResponses?.[selected.statusCode]) {
    throw configurationError(`Output mapping refers to an invalid method response: ${selected.statusCode}`);
  }
  const { responseParameters: parameters = {}, contentHandling } = selected.document;
  const { contentType, template } = chooseTemplate(exchange, selected);
  const text = Buffer.from(response.body).toString("utf8");
  const mapped = await map(exchange, { parameters, template }, text, response.headers);
  const headers = new Map<string, readonly string[]>();
  headers.set("Content-Type", [contentType ?? response.headers["Content-Type"] ?? "application/json"]);
  for (const [target, value] of mapped.parameters) {
    putHeader(headers, target.replace("method.response.header.", ""), value);
  }
  let body: string | Uint8Array = mapped.body ?? response.body;
  if (contentHandling === "CONVERT_TO_BINARY") body = Buffer.from(bodyText(body), "base64");
  if (contentHandling === "CONVERT_TO_TEXT") body = Buffer.from(body).toString("base64");
  for (const [name, value] of textEntries(exchange.override("responseOverride", "header"))) {
    putHeader(headers, name, value);
  }
  return { status: overriddenStatus(exchange) ?? Number(selected.statusCode), headers, body };
}

/**
 * The first response whose pattern matches, else the one without a pattern.
 * @throws GatewayFailure when no response is left, or a pattern is invalid or costs too much
 */
async function selectResponse(
  exchange: Exchange,
  { responses }: CompiledIntegration,
  { selector, status }: EndpointResponse,
): Promise<CompiledResponse> {
  const text = selector.slice(0, matchedCharactersMax);
  for (const response of responses) {
    const { selectionPattern } = response;
    if (selectionPattern === undefined) continue;
    if (matchesHere(selectionPattern, text) ?? (await matchesInWorker(exchange, selectionPattern, text)))
      return response;
  }
  const fallback = responses.find(({ selectionPattern }) => selectionPattern === undefined);
  if (fallback) return fallback;
  throw configurationError(
    `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
  );
}

/**
 * Whether the pattern matches; undefined when finding out costs too much for this thread.
 * @throws GatewayFailure
 */
function matchesHere(pattern: string, text: string): boolean | undefined {
  try {
    return withinBudget(mainThreadBudget(), () => javaRegex(pattern).matches(text));
  } catch (error) {
    if (error instanceof JavaRegexError) throw configurationError(error.message);
    if (error instanceof BudgetExceeded) return undefined;
    throw error;
  }
}

/** @throws GatewayFailure */
async function matchesInWorker({ backends }: Exchange, pattern: string, text: string): Promise<boolean> {
  try {
    const result = await backends.workers.run("matches", { pattern, text });
    if (typeof result === "boolean") return result;
    throw configurationError(result.error);
  } catch (error) {
    if (error instanceof TooCostly) throw configurationError(`Pattern ${pattern}: ${error.message}`);
    throw error;
  }
}

interface ChosenTemplate {
  readonly contentType: string | undefined;
  /** undefined: the body is passed through. */
  readonly template: Template | undefined;
}

/** By what the caller accepts, then JSON, then the first one. An empty template passes the body through. */
function chooseTemplate({ request }: Exchange, { templates }: CompiledResponse): ChosenTemplate {
  const accepted = mediaType(firstAccepted(headerOf(request.headers, "Accept")));
  for (const contentType of [accepted, "application/json", templates.keys().next().value]) {
    if (contentType !== undefined && templates.has(contentType)) {
      return { contentType, template: templates.get(contentType) };
    }
  }
  return { contentType: undefined, template: undefined };
}

function overriddenStatus(exchange: Exchange): number | undefined {
  const override = exchange.override("responseOverride", "status");
  if (override === null) return undefined;
  const status = numberOf(override) ?? (typeof override === "string" ? Number(override) : Number.NaN);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

/**
 * Line breaks and other control characters, which a caller or a backend may have sent, become spaces: they would end
 * the header.
 */
function putHeader(headers: Map<string, readonly string[]>, name: string, value: string): void {
  const sent = publicHeaderName(name);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no header may hold
  if (sent !== undefined) setHeader(headers, sent, [value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]+/g, " ")]);
}
