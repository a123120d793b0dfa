// An AWS_PROXY integration: the whole request is the event, and the function's answer is the response, in a fixed form.

import { AwsError } from "../../protocol/aws-error.js";
import type { Invoker } from "../../service-interfaces.js";
import type { CompiledMethod } from "../rest/compile.js";
import { GatewayFailure } from "../rest/failure.js";
import type { Invocation } from "../rest/invocation.js";
import type { GatewayReply } from "../rest/reply.js";
import { errorMessageOf } from "./lambda.js";
import { invokeFunction } from "./lambda-function.js";
import { proxyEvent } from "./proxy-event.js";
import { readProxyResponse } from "./proxy-response.js";

/** @throws GatewayFailure */
export async function callLambdaProxy(
  invocation: Invocation,
  method: CompiledMethod,
  invoker: Invoker,
): Promise<GatewayReply> {
  const answer = await invoke(invocation, method, invoker);
  const { log } = invocation;
  invocation.integrationStatus = 200;
  log?.data(`Endpoint response body before transformations: ${Buffer.from(answer.payload).toString("utf8")}`);
  if (answer.functionError !== undefined) {
    throw new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
      status: 502,
      logLine: `Lambda execution failed with status 200 due to customer function error: ${errorMessageOf(answer.payload)}. Lambda request id: ${answer.requestId}`,
    });
  }
  return readProxyResponse(invocation, answer.payload);
}

async function invoke(invocation: Invocation, method: CompiledMethod, invoker: Invoker) {
  try {
    return await invokeFunction(invocation, method, invoker, proxyEvent(invocation, method));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
      status: 502,
      logLine: `Lambda execution failed with status ${error.status} due to customer function error: ${error.message}`,
    });
  }
}
