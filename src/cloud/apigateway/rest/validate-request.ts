// Third stage: the method request's own checks, before anything is called.

import { entryOf } from "../state.js";
import type { CompiledMethod } from "./compile.js";
import { configurationError, GatewayFailure } from "./failure.js";
import type { Invocation } from "./invocation.js";
import { headerOf, mediaType } from "./request.js";

/** @throws GatewayFailure BAD_REQUEST_PARAMETERS, BAD_REQUEST_BODY */
export function validateRequest(invocation: Invocation, method: CompiledMethod): void {
  if (method.requiredParameters) validateParameters(invocation, method.requiredParameters);
  if (method.validatesBody) validateBody(invocation, method);
}

function validateParameters(invocation: Invocation, required: readonly string[]): void {
  const missing = required.filter((parameter) => !hasParameter(invocation, parameter)).map(nameOf);
  if (missing.length === 0) return;
  const message = `Missing required request parameters: [${missing.join(", ")}]`;
  throw new GatewayFailure("BAD_REQUEST_PARAMETERS", message, { logLine: message, validationError: message });
}

const parameterForm = /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;

function nameOf(parameter: string): string {
  return parameterForm.exec(parameter)?.[2] ?? parameter;
}

function hasParameter({ request, target }: Invocation, parameter: string): boolean {
  const [, location, name = ""] = parameterForm.exec(parameter) ?? [];
  switch (location) {
    case "path":
      return Boolean(target?.pathParameters[name]);
    case "querystring":
      return Boolean(request.query.get(name)?.at(-1));
    default:
      return Boolean(headerOf(request.headers, name));
  }
}

function validateBody({ request, stage }: Invocation, { document }: CompiledMethod): void {
  const models = document.requestModels ?? {};
  const contentType = mediaType(headerOf(request.headers, "Content-Type")) ?? "application/json";
  const model = entryOf(models, contentType) ?? models.$default;
  if (model === undefined) return;
  const fault = bodyFault(stage.api.bodyValidators, model, request.body);
  if (fault === undefined) return;
  throw new GatewayFailure("BAD_REQUEST_BODY", "Invalid request body", {
    logLine: `Request body does not match model schema for content type ${contentType}: ${fault}`,
    validationError: fault,
  });
}

function bodyFault(
  validators: Invocation["stage"]["api"]["bodyValidators"],
  model: string,
  bytes: Uint8Array,
): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return "[Unknown error parsing request body]";
  }
  try {
    return validators.of(model)(body);
  } catch (error) {
    throw configurationError(`Model ${model} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
}
