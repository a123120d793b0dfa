// An AWS_PROXY integration: the event is the whole request, and the function's result is the response, in format 1.0.

import {
  type FunctionResponse,
  headerOf,
  MalformedResponse,
  readResponse1,
  restApiEvent,
} from "../../lambda-events/index.js";
import { AwsError } from "../../protocol/aws-error.js";
import type { CompiledMethod } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import { GatewayFailure } from "../rest/failure.js";
import { firstAccepted } from "../rest/media-types.js";
import { type GatewayReply, hasHeader, publicHeaderName, setHeader } from "../rest/reply.js";
import { TooCostly } from "../worker/pool.js";
import { errorMessageOf } from "./lambda.js";
import { invokeFunction } from "./lambda-function.js";

/** Parsing a larger result could hold up other requests: a worker thread does it. */
const parsedHereBytesMax = 256 * 1024;

/** @throws GatewayFailure */
export async function callLambdaProxy(exchange: Exchange, method: CompiledMethod): Promise<GatewayReply> {
  const result = await invoke(exchange, method);
  const { log } = exchange;
  exchange.integrationStatus = 200;
  log?.data(`Endpoint response body before transformations: ${Buffer.from(result.payload).toString("utf8")}`);
  if (result.functionError !== undefined) {
    throw new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
      status: 502,
      logLine: `Lambda execution failed with status 200 due to customer function error: ${errorMessageOf(result.payload)}. Lambda request id: ${result.requestId}`,
    });
  }
  return replyOf(exchange, await readResponse(exchange, result.payload));
}

async function invoke(exchange: Exchange, method: CompiledMethod) {
  try {
    return await invokeFunction(exchange, method, eventOf(exchange, method));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
      status: 502,
      logLine: `Lambda execution failed with status ${error.status} due to customer function error: ${error.message}`,
    });
  }
}

function eventOf({ request, stage, ids, timeMs, target, host }: Exchange, { resource }: CompiledMethod): Buffer {
  return restApiEvent(request, {
    accountId: stage.account,
    apiId: stage.apiId,
    stageName: stage.stageName,
    stageVariables: stage.variables,
    pathParameters: target?.pathParameters ?? {},
    host,
    requestId: ids.requestId,
    traceId: ids.traceId,
    timeMs,
    isBase64Encoded: stage.api.isBinary(headerOf(request.headers, "Content-Type")) && request.body.length > 0,
    resourceId: resource.id,
    resourcePath: resource.path,
    deploymentId: stage.deploymentId,
    extendedRequestId: ids.extendedRequestId,
  });
}

/** @throws GatewayFailure INTEGRATION_FAILURE with 502 for a result in another format */
async function readResponse({ backends }: Exchange, payload: Uint8Array): Promise<FunctionResponse> {
  try {
    if (payload.length <= parsedHereBytesMax) return readResponse1(payload);
    const result = await backends.workers.run("proxy-response", payload);
    if (!("error" in result)) return result;
  } catch (error) {
    if (!(error instanceof MalformedResponse || error instanceof TooCostly)) throw error;
  }
  throw new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
    status: 502,
    logLine: "Execution failed due to configuration error: Malformed Lambda proxy response",
  });
}

function replyOf({ stage, request }: Exchange, response: FunctionResponse): GatewayReply {
  const headers = new Map<string, readonly string[]>();
  for (const [name, values] of response.headers) {
    const sent = publicHeaderName(name);
    if (sent !== undefined) setHeader(headers, sent, values);
  }
  if (!hasHeader(headers, "Content-Type")) headers.set("Content-Type", ["application/json"]);
  const isBinary = response.isBase64Encoded && stage.api.isBinary(firstAccepted(headerOf(request.headers, "Accept")));
  return { status: response.status, headers, body: isBinary ? Buffer.from(response.body, "base64") : response.body };
}
