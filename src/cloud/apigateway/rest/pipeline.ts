// A request through an API, stage after stage: route, authorize, validate, map the request, call, map the response; when one fails, a gateway response.

import type { Invoker } from "../../service-interfaces.js";
import type { EndpointRequest, EndpointResponse } from "../integrations/endpoint.js";
import { callHttp, callHttpProxy, type Fetch } from "../integrations/http.js";
import { integrationRequest } from "../integrations/integration-request.js";
import { integrationResponse } from "../integrations/integration-response.js";
import { callLambda } from "../integrations/lambda.js";
import { callLambdaProxy } from "../integrations/lambda-proxy.js";
import { callMock } from "../integrations/mock.js";
import { payloadBytesMax } from "../limits.js";
import { authorize } from "./authorize.js";
import type { CompiledIntegration, CompiledMethod } from "./compile.js";
import { javaMapText } from "./execution-log.js";
import { configurationError, GatewayFailure } from "./failure.js";
import { gatewayResponse } from "./gateway-response.js";
import type { Invocation, Target } from "./invocation.js";
import { bodyText, type GatewayReply } from "./reply.js";
import { routeRequest } from "./route-request.js";
import { validateRequest } from "./validate-request.js";

export interface Backends {
  readonly invoker: Invoker;
  readonly fetch: Fetch;
  readonly elapsedMs: () => number;
}

/** Answers a request to a stage. Never throws what a caller, a template or a backend did. */
export async function execute(invocation: Invocation, backends: Backends): Promise<GatewayReply> {
  return answer(invocation, async () => {
    const { request, stage } = invocation;
    if (stage.isDisabled) throw new GatewayFailure("ACCESS_DENIED", "Forbidden");
    if (request.body.length > payloadBytesMax) throw new GatewayFailure("REQUEST_TOO_LARGE", "Request Too Long");
    routeRequest(invocation);
    return run(invocation, invocation.target, backends, "authorized");
  });
}

/** Answers as a method would, without routing and without asking who calls: TestInvokeMethod. */
export function executeTest(invocation: Invocation, target: Target, backends: Backends): Promise<GatewayReply> {
  invocation.target = target;
  return answer(invocation, () => run(invocation, target, backends, "test"));
}

async function answer(invocation: Invocation, work: () => Promise<GatewayReply>): Promise<GatewayReply> {
  const { log } = invocation;
  try {
    const reply = traced(invocation, await work());
    if (Buffer.byteLength(reply.body) > payloadBytesMax)
      throw configurationError(`Response larger than ${payloadBytesMax} bytes`);
    if (log) {
      log.data(`Method response body after transformations: ${bodyText(reply.body)}`);
      log.data(`Method response headers: ${javaMapText(reply.headers)}`);
      log.line("Successfully completed execution");
      log.line(`Method completed with status: ${reply.status}`);
    }
    return reply;
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    if (error.logLine !== undefined) log?.line(error.logLine);
    const reply = gatewayResponse(invocation, error);
    log?.line(`Method completed with status: ${reply.status}`);
    return reply;
  }
}

/** Calls of a backend carry a trace, and so do their answers; MOCK calls nobody. */
function traced({ ids, target }: Invocation, reply: GatewayReply): GatewayReply {
  if (target?.method.integration?.document.type === "MOCK") return reply;
  return { ...reply, headers: new Map([["X-Amzn-Trace-Id", [ids.traceId]], ...reply.headers]) };
}

async function run(
  invocation: Invocation,
  target: Target | undefined,
  backends: Backends,
  mode: "authorized" | "test",
): Promise<GatewayReply> {
  if (!target) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
  const { method } = target;
  logStart(invocation, target);
  if (mode === "authorized") authorize(invocation, method);
  validateRequest(invocation, method);
  const { integration } = method;
  if (!integration) throw configurationError("No integration defined for method");
  const started = backends.elapsedMs();
  try {
    return await callIntegration(invocation, method, integration, backends);
  } finally {
    invocation.integrationLatencyMs = backends.elapsedMs() - started;
  }
}

function callIntegration(
  invocation: Invocation,
  method: CompiledMethod,
  integration: CompiledIntegration,
  backends: Backends,
): Promise<GatewayReply> {
  switch (integration.document.type) {
    case "AWS_PROXY":
      return callLambdaProxy(invocation, method, backends.invoker);
    case "HTTP_PROXY":
      return callHttpProxy(invocation, integration, backends.fetch);
    default:
      return callMapped(invocation, method, integration, backends);
  }
}

async function callMapped(
  invocation: Invocation,
  method: CompiledMethod,
  integration: CompiledIntegration,
  backends: Backends,
): Promise<GatewayReply> {
  const request = integrationRequest(invocation, integration);
  const started = backends.elapsedMs();
  const response = await callEndpoint(invocation, method, integration, request, backends);
  const { log } = invocation;
  if (log && integration.document.type !== "MOCK") {
    const latencyMs = Math.round(backends.elapsedMs() - started);
    log.line(`Received response. Status: ${response.status}, Integration latency: ${latencyMs} ms`);
    log.data(`Endpoint response headers: ${javaMapText(response.headers)}`);
    log.data(`Endpoint response body before transformations: ${bodyText(response.body)}`);
  }
  invocation.integrationStatus = response.status;
  return integrationResponse(invocation, method, integration, response);
}

async function callEndpoint(
  invocation: Invocation,
  method: CompiledMethod,
  { document }: CompiledIntegration,
  request: EndpointRequest,
  { invoker, fetch }: Backends,
): Promise<EndpointResponse> {
  switch (document.type) {
    case "MOCK":
      return callMock(request);
    case "AWS":
      return callLambda(invocation, method, invoker, request);
    case "HTTP":
      return callHttp(invocation, document, request, fetch);
    default:
      throw configurationError(`Integrations of type ${document.type} cannot be called`);
  }
}

function logStart({ log, request, ids }: Invocation, { pathParameters }: Target): void {
  if (!log) return;
  log.line(`Starting execution for request: ${ids.requestId}`);
  log.line(`HTTP Method: ${request.httpMethod}, Resource Path: ${request.path}`);
  log.data(`Method request path: ${javaMapText(pathParameters)}`);
  log.data(`Method request query string: ${javaMapText(request.query)}`);
  log.data(`Method request headers: ${javaMapText(request.headers)}`);
  log.data(`Method request body before transformations: ${bodyText(request.body)}`);
}
