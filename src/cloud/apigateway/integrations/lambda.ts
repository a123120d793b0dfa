// An AWS integration with a Lambda function: the mapped request is the event, and the function's result is mapped to
// the response.

import { AwsError } from "../../protocol/aws-error.js";
import type { CompiledMethod } from "../rest/compile.js";
import type { Exchange } from "../rest/exchange.js";
import type { EndpointRequest, EndpointResponse } from "./endpoint.js";
import { invokeFunction } from "./lambda-function.js";

/** @throws GatewayFailure */
export async function callLambda(
  exchange: Exchange,
  method: CompiledMethod,
  request: EndpointRequest,
): Promise<EndpointResponse> {
  const bytes = typeof request.body === "string" ? Buffer.from(request.body, "utf8") : request.body;
  const result = invokeFunction(exchange, method, bytes);
  if (isAsynchronous(request.headers)) {
    // Lambda only acknowledges such a call; its outcome is in the function's log.
    result.catch(() => {});
    return { status: 202, headers: {}, body: new Uint8Array(0), selector: "" };
  }
  try {
    const { payload, functionError, executedVersion, requestId } = await result;
    return {
      status: 200,
      headers: {
        Date: new Date(exchange.timeMs).toUTCString(),
        "Content-Type": "application/json",
        "Content-Length": String(payload.length),
        Connection: "keep-alive",
        "x-amzn-RequestId": requestId,
        "x-amzn-Remapped-Content-Length": "0",
        "X-Amz-Executed-Version": executedVersion,
        ...(functionError === undefined ? {} : { "X-Amz-Function-Error": functionError }),
        "X-Amzn-Trace-Id": exchange.ids.traceId,
      },
      body: payload,
      selector: functionError === undefined ? "" : errorMessageOf(payload),
    };
  } catch (error) {
    // Lambda's rejection of an event (not JSON, too large) is mapped like any other response.
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

/** Lambda truncates the error that a runtime reports far below this; a function that writes more has no message. */
const errorBytesMax = 256 * 1024;

/** The `errorMessage` of a function's error; empty when the payload has none. */
export function errorMessageOf(payload: Uint8Array): string {
  if (payload.length > errorBytesMax) return "";
  try {
    const error: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    if (typeof error !== "object" || error === null || !("errorMessage" in error)) return "";
    return typeof error.errorMessage === "string" ? error.errorMessage : "";
  } catch {
    return "";
  }
}
