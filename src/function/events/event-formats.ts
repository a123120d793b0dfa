// The events that Lambda functions receive, one format for each way to call Tepal's function.

import { isObject, type JsonObject } from "../json.js";
import type { HandlerResult } from "../result.js";
import { proxyResponse, requestFromBody } from "./http.js";

/** How a caller wraps the request in its event, and which response it expects. */
interface EventFormat {
  matches(event: JsonObject): boolean;
  /**
   * The request inside the event: what a client sent as `{"values": ...}`.
   * @throws FunctionError "input-..." if the event contains no readable request
   */
  request(event: JsonObject): unknown;
  response(result: HandlerResult): HandlerResult;
}

/** HTTP API with payload format 2.0, and function URL. */
const httpApi: EventFormat = {
  matches: ({ version, requestContext }) =>
    version === "2.0" && isObject(requestContext) && isObject(requestContext.http),
  request: requestFromBody,
  response: proxyResponse,
};

/** REST API with a proxy integration, HTTP API with payload format 1.0, and Application Load Balancer. */
const restProxy: EventFormat = {
  matches: (event) => typeof event.httpMethod === "string" && isObject(event.requestContext),
  request: requestFromBody,
  response: proxyResponse,
};

/**
 * REST API with a non-proxy integration and API Gateway's template "Method request passthrough":
 * `{"body-json": ..., "params": ..., "stage-variables": ..., "context": ...}`.
 */
const methodRequestPassthrough: EventFormat = {
  matches: (event) => "body-json" in event && "context" in event,
  request: (event) => event["body-json"],
  response: (result) => result,
};

/**
 * The event is the request: Lambda's Invoke, and a REST API's non-proxy integration that passes the body through. An
 * invalid request fails the invocation: a non-proxy integration returns a status other than 200 only for a failed one.
 */
export const direct: EventFormat = {
  matches: () => true,
  request: (event) => event,
  response: (result) => result,
};

/** The first format that matches is used; `direct` matches every event. */
const formats: readonly EventFormat[] = [httpApi, restProxy, methodRequestPassthrough, direct];

export function formatOf(event: JsonObject): EventFormat {
  return formats.find((format) => format.matches(event)) ?? direct;
}
