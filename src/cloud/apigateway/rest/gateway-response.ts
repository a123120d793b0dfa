// What API Gateway responds itself when a step has failed.

import type { GatewayResponse, GatewayResponseType } from "@aws-sdk/client-api-gateway";
import { headerOf, mediaType } from "../../lambda-events/index.js";
import { defaultTemplates, effectiveGatewayResponse, gatewayResponseTypes } from "../gateway-response-types.js";
import { map } from "../integrations/map.js";
import { type Templates, templatesOf } from "../integrations/template.js";
import type { Exchange } from "./exchange.js";
import { GatewayFailure } from "./failure.js";
import { firstAccepted } from "./media-types.js";
import { type GatewayReply, isSendableHeader, isSendableStatus, setHeader } from "./reply.js";

export interface CompiledGatewayResponse {
  readonly document: GatewayResponse;
  /** undefined: the built-in body. */
  readonly templates: Templates | undefined;
}

/** Compiles each type's response when it is first needed. */
export function gatewayResponseCompiler(
  customized: Readonly<Record<string, GatewayResponse>>,
): (type: GatewayResponseType) => CompiledGatewayResponse {
  const compiled = new Map<GatewayResponseType, CompiledGatewayResponse>();
  return (type) => {
    let response = compiled.get(type);
    if (!response) {
      const document = effectiveGatewayResponse(customized, type);
      const { responseTemplates = defaultTemplates } = document;
      const templates = responseTemplates === defaultTemplates ? undefined : templatesOf(responseTemplates);
      response = { document, templates };
      compiled.set(type, response);
    }
    return response;
  };
}

export async function gatewayResponse(exchange: Exchange, failure: GatewayFailure): Promise<GatewayReply> {
  exchange.fail(failure);
  const row = gatewayResponseTypes[failure.type];
  const response = exchange.stage.api.gatewayResponse(failure.type);
  const headers = new Map<string, readonly string[]>();
  if (row.errorType !== undefined) headers.set("x-amzn-ErrorType", [row.errorType]);
  const { contentType, body, parameters } = await mapped(exchange, response, failure);
  headers.set("Content-Type", [contentType]);
  for (const [target, value] of parameters) {
    const name = target.replace("gatewayresponse.header.", "");
    // There is no other response to fall back on: what HTTP does not allow is left out.
    if (isSendableHeader(name, [value])) setHeader(headers, name, [value]);
  }
  return { status: statusOf(failure, response.document), headers, body };
}

function statusOf({ type, status }: GatewayFailure, { defaultResponse, statusCode }: GatewayResponse): number {
  if (defaultResponse === true && status !== undefined) return status;
  const builtIn = status ?? gatewayResponseTypes[type].status ?? 500;
  const customized = Number(statusCode ?? builtIn);
  return isSendableStatus(customized) ? customized : builtIn;
}

async function mapped(exchange: Exchange, { document, templates }: CompiledGatewayResponse, failure: GatewayFailure) {
  const { responseParameters: parameters = {} } = document;
  const contentType = templates && contentTypeOf(exchange, templates);
  const template = contentType === undefined ? undefined : templates?.get(contentType);
  const builtInBody = templates ? "" : JSON.stringify({ message: failure.message });
  try {
    const result = await map(exchange, { parameters, template }, "");
    return { contentType: contentType ?? "application/json", ...result, body: result.body ?? builtInBody };
  } catch (error) {
    // The template of an error response must not fail the response itself.
    if (!(error instanceof GatewayFailure)) throw error;
    return { contentType: contentType ?? "application/json", body: "", parameters: [] };
  }
}

/** The content type that the caller accepts, else JSON, else the first one. */
function contentTypeOf({ request }: Exchange, templates: Templates): string | undefined {
  const accepted = mediaType(firstAccepted(headerOf(request.headers, "Accept")));
  return [accepted, "application/json", ...templates.keys()].find((type) => type !== undefined && templates.has(type));
}
