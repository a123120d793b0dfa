// The events that Lambda functions receive, one format for each way to call Tepal's function.

import type { HttpRequest, HttpResponse } from "../http/http.js";
import { isObject, type JsonObject } from "../json.js";

/** A request inside an event: an HTTP request, or a JSON value. */
type EventRequest =
  | { readonly kind: "http"; readonly http: HttpRequest }
  | { readonly kind: "json"; readonly json: unknown };

/** How a caller wraps the request in its event. */
interface EventFormat {
  matches(event: JsonObject): boolean;
  request(event: JsonObject): EventRequest;
}

/** HTTP API with payload format 2.0, and function URL. */
const httpApi: EventFormat = {
  matches: ({ version, requestContext }) =>
    version === "2.0" && isObject(requestContext) && isObject(requestContext.http),
  request({ requestContext, rawPath, ...event }) {
    const { stage, http, authorizer } = isObject(requestContext) ? requestContext : {};
    const method = isObject(http) ? http.method : undefined;
    const prefix = typeof stage === "string" && stage !== "$default" ? `/${stage}` : "";
    // The path of an HTTP API starts with its stage, unless that is the default one.
    const path = typeof rawPath === "string" ? rawPath : "/";
    const route = prefix !== "" && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
    const isSigned = isObject(authorizer) && "iam" in authorizer;
    return { kind: "http", http: { ...httpRequest(event, method, route), isSigned } };
  },
};

/** REST API with a proxy integration, HTTP API with payload format 1.0, and Application Load Balancer. */
const restProxy: EventFormat = {
  matches: (event) => typeof event.httpMethod === "string" && isObject(event.requestContext),
  request: (event) => ({ kind: "http", http: httpRequest(event, event.httpMethod, event.path) }),
};

/**
 * REST API with a non-proxy integration and API Gateway's template "Method request passthrough":
 * `{"body-json": ..., "params": ..., "stage-variables": ..., "context": ...}`.
 */
const methodRequestPassthrough: EventFormat = {
  matches: (event) => "body-json" in event && "context" in event,
  request: (event) => ({ kind: "json", json: event["body-json"] }),
};

/**
 * The event is the request: Lambda's Invoke, and a REST API's non-proxy integration that passes the body through. An
 * invalid request fails the invocation: a non-proxy integration returns a status other than 200 only for a failed one.
 */
const direct: EventFormat = {
  matches: () => true,
  request: (event) => ({ kind: "json", json: event }),
};

/** The first format that matches is used; `direct` matches every event. */
const formats: readonly EventFormat[] = [httpApi, restProxy, methodRequestPassthrough, direct];

export function requestOf(event: JsonObject): EventRequest {
  return (formats.find((format) => format.matches(event)) ?? direct).request(event);
}

function httpRequest({ headers, body, isBase64Encoded }: JsonObject, method: unknown, path: unknown): HttpRequest {
  const text = typeof body === "string" ? body : "";
  return {
    method: typeof method === "string" ? method : "POST",
    path: typeof path === "string" ? path : "/",
    header(name) {
      if (!isObject(headers)) return undefined;
      const value = headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
      return typeof value === "string" ? value : undefined;
    },
    body: isBase64Encoded === true ? Buffer.from(text, "base64") : text,
  };
}

/** The response format that REST APIs, HTTP APIs, function URLs and load balancers accept. */
export function proxyResponse({ status, body, contentType = "application/json", headers }: HttpResponse): string {
  return JSON.stringify({
    statusCode: status,
    headers: { "Content-Type": contentType, ...headers },
    body,
    isBase64Encoded: false,
  });
}
