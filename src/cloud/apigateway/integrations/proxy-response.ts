// The form that a function behind a proxy integration must answer in; anything else is a 502.

import { GatewayFailure } from "../rest/failure.js";
import type { Invocation } from "../rest/invocation.js";
import { firstAccepted } from "../rest/media-types.js";
import { type GatewayReply, hasHeader, publicHeaderName, setHeader } from "../rest/reply.js";
import { headerOf } from "../rest/request.js";

const members = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/** @throws GatewayFailure INTEGRATION_FAILURE with 502 when the payload has another form */
export function readProxyResponse({ stage, request }: Invocation, payload: Uint8Array): GatewayReply {
  const response = parse(payload);
  const status = statusOf(response.statusCode);
  const body = bodyOf(response.body);
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of entriesOf(response.headers)) add(headers, name, [textOf(value)]);
  for (const [name, values] of entriesOf(response.multiValueHeaders)) {
    if (!Array.isArray(values)) throw malformed();
    add(headers, name, values.map(textOf));
  }
  if (!hasHeader(headers, "Content-Type")) headers.set("Content-Type", ["application/json"]);
  const isBinary =
    response.isBase64Encoded === true && stage.api.isBinary(firstAccepted(headerOf(request.headers, "Accept")));
  return { status, headers, body: isBinary ? Buffer.from(body, "base64") : body };
}

interface ProxyResponse {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

function parse(payload: Uint8Array): ProxyResponse {
  let response: unknown;
  try {
    response = JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch {
    throw malformed();
  }
  if (typeof response !== "object" || response === null || Array.isArray(response)) throw malformed();
  const names = Object.keys(response);
  if (names.length === 0 || names.some((name) => !members.has(name))) throw malformed();
  return response;
}

function malformed(): GatewayFailure {
  return new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
    status: 502,
    logLine: "Execution failed due to configuration error: Malformed Lambda proxy response",
  });
}

function statusOf(statusCode: unknown): number {
  if (statusCode === undefined || statusCode === null) return 200;
  const status = typeof statusCode === "string" || typeof statusCode === "number" ? Number(statusCode) : Number.NaN;
  if (!(Number.isInteger(status) && status >= 100 && status <= 599)) throw malformed();
  return status;
}

function bodyOf(body: unknown): string {
  if (body === undefined || body === null) return "";
  if (typeof body === "object") throw malformed();
  return String(body);
}

function entriesOf(entries: unknown): [string, unknown][] {
  if (entries === undefined || entries === null) return [];
  if (typeof entries !== "object" || Array.isArray(entries)) throw malformed();
  return Object.entries(entries);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") throw malformed();
  return String(value);
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no header may hold
const notInHeader = /[\u0000-\u0008\u000a-\u001f\u007f]/;

function add(headers: Map<string, readonly string[]>, name: string, values: readonly string[]): void {
  if (!headerName.test(name) || values.some((value) => notInHeader.test(value))) throw malformed();
  const sent = publicHeaderName(name);
  if (sent !== undefined) setHeader(headers, sent, values);
}
