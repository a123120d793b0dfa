// Invokes a function for an integration, as the service apigateway.amazonaws.com on behalf of the method.

import { AwsError } from "../../protocol/aws-error.js";
import type { InvokeResult } from "../../service-interfaces.js";
import { integrationTimeoutMsMax } from "../limits.js";
import type { CompiledMethod } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import { javaMapText } from "../rest/execution-log.js";
import { configurationError, GatewayFailure } from "../rest/failure.js";

const lambdaUri = /^arn:aws[a-z-]*:apigateway:[^:]*:lambda:path\/+2015-03-31\/functions\/(.+)\/invocations$/;
const stageVariable = /\$\{stageVariables\.(\w+)\}/g;

/** Replaces `${stageVariables.x}` in a URI; an undefined variable is empty. */
export function withStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.includes("${") ? text.replace(stageVariable, (_, name: string) => variables[name] ?? "") : text;
}

/** The method's ARN, which the function's policy must allow. */
function sourceArn({ stage, request }: Exchange, { resource }: CompiledMethod): string {
  const path = resource.path.replaceAll(/\{[^}]*\}/g, "*");
  return `arn:aws:execute-api:${stage.region}:${stage.account}:${stage.apiId}/${stage.stageName}/${request.httpMethod}${path}`;
}

/**
 * Invokes the integration's function and waits for its result, up to the integration's time-out.
 * @throws GatewayFailure
 */
export async function invokeFunction(
  exchange: Exchange,
  method: CompiledMethod,
  payload: Uint8Array,
): Promise<InvokeResult> {
  const { document } = method.integration ?? {};
  const { stage, log, backends } = exchange;
  const functionArn = lambdaUri.exec(withStageVariables(document?.uri ?? "", stage.variables))?.[1];
  if (functionArn === undefined) throw configurationError(`Only Lambda functions can be called, not ${document?.uri}`);
  // Lambda's Invoke is a POST.
  if (document?.httpMethod !== "POST")
    throw configurationError(`Integration method ${document?.httpMethod} must be POST`);
  if (log) {
    const endpoint = `https://lambda.${stage.region}.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`;
    log.data(`Endpoint request URI: ${endpoint}`);
    log.data(`Endpoint request headers: ${javaMapText(endpointHeaders(exchange))}`);
    log.data(`Endpoint request body after transformations: ${Buffer.from(payload).toString("utf8")}`);
    log.line(`Sending request to ${endpoint}`);
  }
  const result = backends.invoker.invoke({
    functionArn,
    payload,
    principal: {
      service: "apigateway.amazonaws.com",
      sourceArn: sourceArn(exchange, method),
      sourceAccount: stage.account,
    },
    traceId: exchange.ids.traceId,
  });
  try {
    return await within(result, document.timeoutInMillis ?? integrationTimeoutMsMax);
  } catch (error) {
    throw failureOf(error);
  }
}

/** @throws GatewayFailure INTEGRATION_TIMEOUT */
async function within<T>(result: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const logLine = "Execution failed due to a timeout error";
      reject(new GatewayFailure("INTEGRATION_TIMEOUT", "Endpoint request timed out", { logLine }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  switch (error.code) {
    case "AccessDeniedException":
    case "ResourceNotFoundException":
      return configurationError("Invalid permissions on Lambda function");
    case "TooManyRequestsException":
      return new GatewayFailure("INTEGRATION_FAILURE", "Internal server error", {
        status: 500,
        logLine: `Lambda execution failed with status 429 due to customer function error: ${error.message}`,
      });
    default:
      return error;
  }
}

function endpointHeaders({ ids, stage }: Exchange): Record<string, string> {
  return {
    "x-amzn-lambda-integration-tag": ids.requestId,
    Authorization: "***",
    "x-amzn-apigateway-api-id": stage.apiId,
    Accept: "application/json",
    "User-Agent": `AmazonAPIGateway_${stage.apiId}`,
    "X-Amzn-Trace-Id": ids.traceId,
    "Content-Type": "application/json",
  };
}
