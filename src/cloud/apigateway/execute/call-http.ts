// HTTP and HTTP_PROXY integrations: any web server is the backend.

import type { IntegrationDocument as Integration } from "../documents.js";
import { integrationTimeoutMsMax } from "../limits.js";
import type { CompiledIntegration } from "./compile.js";
import type { EndpointRequest, EndpointResponse } from "./endpoint.js";
import { configurationError, GatewayFailure } from "./failure.js";
import { integrationParameters } from "./integration-request.js";
import type { Invocation } from "./invocation.js";
import { withStageVariables } from "./lambda-function.js";
import { type GatewayReply, publicHeaderName, setHeader } from "./reply.js";
import type { MultiValues } from "./request.js";

export type Fetch = (url: string, request: FetchRequest) => Promise<Response>;

export interface FetchRequest {
  readonly method: string;
  readonly headers: [string, string][];
  readonly body?: Uint8Array;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

/** Headers that belong to the connection with the backend. */
const ownHeaders = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "keep-alive",
  "upgrade",
  "expect",
]);

/** @throws GatewayFailure */
export async function callHttp(
  invocation: Invocation,
  document: Integration,
  request: EndpointRequest,
  fetch: Fetch,
): Promise<EndpointResponse> {
  const headers: [string, string][] = [
    ["Content-Type", "application/json"],
    ["User-Agent", `AmazonAPIGateway_${invocation.stage.apiId}`],
    ...Object.entries(request.headers),
  ];
  const response = await send(
    invocation,
    document,
    { ...request, headers, method: document.httpMethod ?? "GET" },
    fetch,
  );
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers.map(([name, value]) => [headerCase(name), value])),
    body: response.body,
    selector: String(response.status),
  };
}

/** @throws GatewayFailure */
export async function callHttpProxy(
  invocation: Invocation,
  integration: CompiledIntegration,
  fetch: Fetch,
): Promise<GatewayReply> {
  const { request } = invocation;
  const { document } = integration;
  const mapped = integrationParameters(invocation, integration);
  const sent = {
    method: document.httpMethod === "ANY" ? request.httpMethod : (document.httpMethod ?? "GET"),
    headers: [
      ...[...request.headers].flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
      ...Object.entries(mapped.headers),
    ],
    query: new Map([...request.query, ...mapped.query]),
    path: { ...invocation.target?.pathParameters, ...mapped.path },
    body: request.body,
  };
  const response = await send(invocation, document, sent, fetch);
  invocation.integrationStatus = response.status;
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of response.headers) {
    const publicName = publicHeaderName(headerCase(name));
    // What was unpacked on the way here is not packed any more.
    if (publicName !== undefined && name !== "content-encoding") {
      setHeader(headers, publicName, [...(headers.get(publicName) ?? []), value]);
    }
  }
  return { status: response.status, headers, body: response.body };
}

interface Sent {
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly query: MultiValues;
  readonly path: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

async function send({ stage, log }: Invocation, document: Integration, sent: Sent, fetch: Fetch) {
  const url = endpointUrl(withStageVariables(document.uri ?? "", stage.variables), sent);
  const body = typeof sent.body === "string" ? Buffer.from(sent.body, "utf8") : sent.body;
  const hasBody = sent.method !== "GET" && sent.method !== "HEAD" && body.length > 0;
  log?.data(`Endpoint request URI: ${url}`);
  log?.line(`Sending request to ${url}`);
  try {
    const response = await fetch(url, {
      method: sent.method,
      headers: sent.headers
        .filter(([name]) => !ownHeaders.has(name.toLowerCase()))
        .map(([name, value]) => [name, value]),
      ...(hasBody ? { body } : {}),
      redirect: "manual",
      signal: AbortSignal.timeout(document.timeoutInMillis ?? integrationTimeoutMsMax),
    });
    return {
      status: response.status,
      headers: [...response.headers],
      body: new Uint8Array(await response.arrayBuffer()),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") {
      const logLine = "Execution failed due to a timeout error";
      throw new GatewayFailure("INTEGRATION_TIMEOUT", "Endpoint request timed out", { logLine });
    }
    if (error instanceof TypeError) throw configurationError("Invalid endpoint address");
    throw error;
  }
}

/** @throws GatewayFailure when the URI makes no URL */
function endpointUrl(uri: string, { path, query }: Sent): string {
  const filled = uri.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = path[name.replace(/\+$/, "")];
    return value === undefined ? whole : value.split("/").map(encodeURIComponent).join("/");
  });
  if (!URL.canParse(filled)) throw configurationError("Invalid endpoint address");
  const url = new URL(filled);
  for (const [name, values] of query) for (const value of values) url.searchParams.append(name, value);
  return url.href;
}

/** `content-type` as servers write it: `Content-Type`. */
function headerCase(name: string): string {
  return name.startsWith("x-") ? name : name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
