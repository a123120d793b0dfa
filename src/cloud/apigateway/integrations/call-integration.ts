// Calls a method's integration: proxies pass requests and responses through, the others map both.

import type { CompiledIntegration, CompiledMethod } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import { javaMapText } from "../rest/execution-log.js";
import { configurationError } from "../rest/failure.js";
import { bodyText, type GatewayReply } from "../rest/reply.js";
import type { EndpointRequest, EndpointResponse } from "./endpoint.js";
import { callHttp, callHttpProxy } from "./http.js";
import { integrationRequest } from "./integration-request.js";
import { integrationResponse } from "./integration-response.js";
import { callLambda } from "./lambda.js";
import { callLambdaProxy } from "./lambda-proxy.js";
import { callMock } from "./mock.js";

/** @throws GatewayFailure */
export function callIntegration(
  exchange: Exchange,
  method: CompiledMethod,
  integration: CompiledIntegration,
): Promise<GatewayReply> {
  switch (integration.document.type) {
    case "AWS_PROXY":
      return callLambdaProxy(exchange, method);
    case "HTTP_PROXY":
      return callHttpProxy(exchange, integration);
    default:
      return callMapped(exchange, method, integration);
  }
}

async function callMapped(
  exchange: Exchange,
  method: CompiledMethod,
  integration: CompiledIntegration,
): Promise<GatewayReply> {
  const request = await integrationRequest(exchange, integration);
  const { log, backends } = exchange;
  const started = backends.elapsedMs();
  const response = await callEndpoint(exchange, method, integration, request);
  if (log && integration.document.type !== "MOCK") {
    const latencyMs = Math.round(backends.elapsedMs() - started);
    log.line(`Received response. Status: ${response.status}, Integration latency: ${latencyMs} ms`);
    log.data(`Endpoint response headers: ${javaMapText(response.headers)}`);
    log.data(`Endpoint response body before transformations: ${bodyText(response.body)}`);
  }
  exchange.integrationStatus = response.status;
  return integrationResponse(exchange, method, integration, response);
}

async function callEndpoint(
  exchange: Exchange,
  method: CompiledMethod,
  { document }: CompiledIntegration,
  request: EndpointRequest,
): Promise<EndpointResponse> {
  switch (document.type) {
    case "MOCK":
      return callMock(request);
    case "AWS":
      return callLambda(exchange, method, request);
    case "HTTP":
      return callHttp(exchange, document, request);
    default:
      throw configurationError(`Integrations of type ${document.type} cannot be called`);
  }
}
