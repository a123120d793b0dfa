// An AWS integration with a Lambda function: the mapped request is the event, and templates make the response of the answer.

import { AwsError } from "../../protocol/aws-error.js";
import type { Invoker } from "../../service-interfaces.js";
import type { CompiledMethod } from "../rest/compile.js";
import type { Invocation } from "../rest/invocation.js";
import type { EndpointRequest, EndpointResponse } from "./endpoint.js";
import { invokeFunction } from "./lambda-function.js";

/** @throws GatewayFailure */
export async function callLambda(
  invocation: Invocation,
  method: CompiledMethod,
  invoker: Invoker,
  request: EndpointRequest,
): Promise<EndpointResponse> {
  const bytes = typeof request.body === "string" ? Buffer.from(request.body, "utf8") : request.body;
  const answer = invokeFunction(invocation, method, invoker, bytes);
  if (isAsynchronous(request.headers)) {
    // Lambda only confirms such a call; what becomes of it is in the function's own log.
    answer.catch(() => {});
    return { status: 202, headers: {}, body: new Uint8Array(0), selector: "" };
  }
  try {
    const { payload, functionError, executedVersion, requestId } = await answer;
    return {
      status: 200,
      headers: {
        Date: new Date(invocation.timeMs).toUTCString(),
        "Content-Type": "application/json",
        "Content-Length": String(payload.length),
        Connection: "keep-alive",
        "x-amzn-RequestId": requestId,
        "x-amzn-Remapped-Content-Length": "0",
        "X-Amz-Executed-Version": executedVersion,
        ...(functionError === undefined ? {} : { "X-Amz-Function-Error": functionError }),
        "X-Amzn-Trace-Id": invocation.ids.traceId,
      },
      body: payload,
      selector: functionError === undefined ? "" : errorMessageOf(payload),
    };
  } catch (error) {
    // An event that Lambda does not take (not JSON, too large) is an answer of the endpoint like any other.
    if (!(error instanceof AwsError)) throw error;
    return {
      status: error.status,
      headers: { "Content-Type": "application/json", "x-amzn-ErrorType": error.code },
      body: Buffer.from(JSON.stringify({ Type: "User", message: error.message })),
      selector: "",
    };
  }
}

function isAsynchronous(headers: Readonly<Record<string, string>>): boolean {
  const sent = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-amz-invocation-type");
  return sent?.[1] === "Event";
}

/** The `errorMessage` of a function's error; empty when the payload has none. */
export function errorMessageOf(payload: Uint8Array): string {
  try {
    const error: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    if (typeof error !== "object" || error === null || !("errorMessage" in error)) return "";
    return typeof error.errorMessage === "string" ? error.errorMessage : "";
  } catch {
    return "";
  }
}
