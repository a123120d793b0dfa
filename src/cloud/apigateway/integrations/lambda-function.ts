// Calls a function for an integration, as the service apigateway.amazonaws.com on behalf of the method.

import { AwsError } from "../../protocol/aws-error.js";
import type { InvokeAnswer, Invoker } from "../../service-interfaces.js";
import { integrationTimeoutMsMax } from "../limits.js";
import type { CompiledMethod } from "../rest/compile.js";
import { javaMapText } from "../rest/execution-log.js";
import { configurationError, GatewayFailure } from "../rest/failure.js";
import type { Invocation } from "../rest/invocation.js";

const lambdaUri = /^arn:aws[a-z-]*:apigateway:[^:]*:lambda:path\/+2015-03-31\/functions\/(.+)\/invocations$/;
const stageVariable = /\$\{stageVariables\.(\w+)\}/g;

/** `${stageVariables.x}` in a URI, or empty when there is no such variable. */
export function withStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.includes("${") ? text.replace(stageVariable, (_, name: string) => variables[name] ?? "") : text;
}

/** Who calls whom: the resource that a function's policy must allow. */
export function sourceArn({ stage, request }: Invocation, { resource }: CompiledMethod): string {
  const path = resource.path.replaceAll(/\{[^}]*\}/g, "*");
  return `arn:aws:execute-api:${stage.region}:${stage.account}:${stage.apiId}/${stage.stageName}/${request.httpMethod}${path}`;
}

/**
 * Invokes the function that the integration names and waits for its answer, at most as long as the integration allows.
 * @throws GatewayFailure
 */
export async function invokeFunction(
  invocation: Invocation,
  method: CompiledMethod,
  invoker: Invoker,
  payload: Uint8Array,
): Promise<InvokeAnswer> {
  const { document } = method.integration ?? {};
  const { stage, log } = invocation;
  const functionArn = lambdaUri.exec(withStageVariables(document?.uri ?? "", stage.variables))?.[1];
  if (functionArn === undefined) throw configurationError(`Only Lambda functions can be called, not ${document?.uri}`);
  // Lambda's Invoke is a POST, and any other method is none of its operations.
  if (document?.httpMethod !== "POST")
    throw configurationError(`Integration method ${document?.httpMethod} must be POST`);
  if (log) {
    const endpoint = `https://lambda.${stage.region}.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`;
    log.data(`Endpoint request URI: ${endpoint}`);
    log.data(`Endpoint request headers: ${javaMapText(endpointHeaders(invocation))}`);
    log.data(`Endpoint request body after transformations: ${Buffer.from(payload).toString("utf8")}`);
    log.line(`Sending request to ${endpoint}`);
  }
  const answer = invoker.invoke({
    functionArn,
    payload,
    principal: {
      service: "apigateway.amazonaws.com",
      sourceArn: sourceArn(invocation, method),
      sourceAccount: stage.account,
    },
    traceId: invocation.ids.traceId,
  });
  try {
    return await within(answer, document.timeoutInMillis ?? integrationTimeoutMsMax);
  } catch (error) {
    throw failureOf(error);
  }
}

/** @throws GatewayFailure INTEGRATION_TIMEOUT */
export async function within<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const logLine = "Execution failed due to a timeout error";
      reject(new GatewayFailure("INTEGRATION_TIMEOUT", "Endpoint request timed out", { logLine }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, timeout]);
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

function endpointHeaders({ ids, stage }: Invocation): Record<string, string> {
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
