// What API Gateway answers by itself, when a stage has failed.

import { defaultTemplates, effectiveGatewayResponse, gatewayResponseTypes } from "../gateway-response-types.js";
import { mappedFromRequest } from "../integrations/parameter-mappings.js";
import { Template } from "../integrations/template.js";
import { templateVariables } from "../integrations/template-input.js";
import { GatewayFailure } from "./failure.js";
import type { Invocation } from "./invocation.js";
import { firstAccepted } from "./media-types.js";
import { type GatewayReply, setHeader } from "./reply.js";
import { headerOf, mediaType } from "./request.js";

export function gatewayResponse(invocation: Invocation, failure: GatewayFailure): GatewayReply {
  invocation.failure = failure;
  const row = gatewayResponseTypes[failure.type];
  const { gatewayResponses } = invocation.stage.api.definition;
  const effective = effectiveGatewayResponse(gatewayResponses, failure.type);
  const ownStatus = effective.defaultResponse === true && failure.status !== undefined;
  const status = ownStatus ? failure.status : Number(effective.statusCode ?? failure.status ?? row.status);
  const headers = new Map<string, readonly string[]>();
  if (row.errorType !== undefined) headers.set("x-amzn-ErrorType", [row.errorType]);
  const { contentType, body } = bodyOf(invocation, effective.responseTemplates ?? defaultTemplates, failure);
  headers.set("Content-Type", [contentType]);
  for (const [target, source] of Object.entries(effective.responseParameters ?? {})) {
    const value = mappedFromRequest(invocation, source, "");
    if (value !== undefined) setHeader(headers, target.replace("gatewayresponse.header.", ""), [value]);
  }
  return { status: status ?? 500, headers, body };
}

function bodyOf(invocation: Invocation, templates: Readonly<Record<string, string>>, failure: GatewayFailure) {
  if (templates === defaultTemplates) {
    return { contentType: "application/json", body: JSON.stringify({ message: failure.message }) };
  }
  const accepted = mediaType(firstAccepted(headerOf(invocation.request.headers, "Accept")));
  const contentType = [accepted, "application/json", Object.keys(templates)[0]].find(
    (type) => type !== undefined && Object.hasOwn(templates, type),
  );
  const text = contentType === undefined ? undefined : templates[contentType];
  if (contentType === undefined || text === undefined) return { contentType: "application/json", body: "" };
  try {
    return { contentType, body: new Template(text).render(templateVariables(invocation, "")) };
  } catch (error) {
    // The template of an error response must not fail the response itself.
    if (error instanceof GatewayFailure) return { contentType, body: "" };
    throw error;
  }
}
