// HTTP and HTTP_PROXY integrations: the backend is a web server.

import type { MultiValues } from "../../lambda-events/index.js";
import type { IntegrationDocument as Integration } from "../documents.js";
import { integrationTimeoutMsMax, payloadBytesMax } from "../limits.js";
import type { CompiledIntegration } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import { configurationError, GatewayFailure } from "../rest/failure.js";
import { type GatewayReply, publicHeaderName, setHeader } from "../rest/reply.js";
import type { EndpointRequest, EndpointResponse } from "./endpoint.js";
import { integrationParameters } from "./integration-request.js";
import { withStageVariables } from "./lambda-function.js";

export type Fetch = (url: string, request: FetchRequest) => Promise<Response>;

interface FetchRequest {
  readonly method: string;
  readonly headers: [string, string][];
  readonly body?: Uint8Array;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

/** Headers of the connection with the backend, which fetch sets. */
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
  exchange: Exchange,
  document: Integration,
  request: EndpointRequest,
): Promise<EndpointResponse> {
  const headers: [string, string][] = [
    ["Content-Type", "application/json"],
    ["User-Agent", `AmazonAPIGateway_${exchange.stage.apiId}`],
    ...Object.entries(request.headers),
  ];
  const response = await send(exchange, document, { ...request, headers, method: document.httpMethod ?? "GET" });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers.map(([name, value]) => [headerCase(name), value])),
    body: response.body,
    selector: String(response.status),
  };
}

/** @throws GatewayFailure */
export async function callHttpProxy(exchange: Exchange, integration: CompiledIntegration): Promise<GatewayReply> {
  const { request } = exchange;
  const { document } = integration;
  const mapped = await integrationParameters(exchange, integration);
  const sent = {
    method: document.httpMethod === "ANY" ? request.httpMethod : (document.httpMethod ?? "GET"),
    headers: [
      ...[...request.headers].flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
      ...Object.entries(mapped.headers),
    ],
    query: new Map([...request.query, ...mapped.query]),
    path: { ...exchange.target?.pathParameters, ...mapped.path },
    body: request.body,
  };
  const response = await send(exchange, document, sent);
  exchange.integrationStatus = response.status;
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of response.headers) {
    const publicName = publicHeaderName(headerCase(name));
    // fetch has decompressed the body.
    if (publicName !== undefined && name !== "content-encoding") {
      setHeader(headers, publicName, [...(headers.get(publicName) ?? []), value]);
    }
  }
  return { status: response.status, headers, body: response.body };
}

interface OutgoingRequest {
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly query: MultiValues;
  readonly path: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

async function send({ stage, log, backends }: Exchange, document: Integration, sent: OutgoingRequest) {
  const url = endpointUrl(withStageVariables(document.uri ?? "", stage.variables), sent);
  const body = typeof sent.body === "string" ? Buffer.from(sent.body, "utf8") : sent.body;
  const hasBody = sent.method !== "GET" && sent.method !== "HEAD" && body.length > 0;
  log?.data(`Endpoint request URI: ${url}`);
  log?.line(`Sending request to ${url}`);
  try {
    const response = await backends.fetch(url, {
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
      body: await readBody(response),
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

/** @throws GatewayFailure when the body is larger than a payload of API Gateway */
async function readBody({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > payloadBytesMax) throw configurationError(`Response larger than ${payloadBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws GatewayFailure when the result is not a URL */
function endpointUrl(uri: string, { path, query }: OutgoingRequest): string {
  const filled = uri.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = path[name.replace(/\+$/, "")];
    return value === undefined ? whole : value.split("/").map(encodeURIComponent).join("/");
  });
  if (!URL.canParse(filled)) throw configurationError("Invalid endpoint address");
  const url = new URL(filled);
  for (const [name, values] of query) for (const value of values) url.searchParams.append(name, value);
  return url.href;
}

/** `content-type` in the usual case: `Content-Type`. */
function headerCase(name: string): string {
  return name.startsWith("x-") ? name : name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
