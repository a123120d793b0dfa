// The event of HTTP APIs and function URLs (payload format 2.0).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

import { type ApiCall, domainPrefix, encodedBody, forwardedHeaders, requestTime } from "./event-1.js";
import type { EventRequest } from "./event-request.js";
import { headerOf, joinedValues } from "./multi-values.js";

export interface HttpApiCall extends ApiCall {
  /** `GET /pets/{petId}`, or `$default`. */
  readonly routeKey: string;
  /** `jwt`, `iam` or `lambda` with what the authorizer said; undefined for a route without one. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

const defaultStage = "$default";

/** The event, encoded as JSON. What a request does not have is absent. */
export function httpApiEvent(request: EventRequest, call: HttpApiCall): Buffer {
  const { cookie, ...headers } = lowerCase(joinedValues(forwardedHeaders(request, call)));
  const rawPath = call.stageName === defaultStage ? request.path : `/${call.stageName}${request.path}`;
  return Buffer.from(
    JSON.stringify({
      version: "2.0",
      routeKey: call.routeKey,
      rawPath,
      rawQueryString: request.rawQuery,
      cookies: cookie?.split(/; */).filter((one) => one !== ""),
      headers,
      queryStringParameters: undefinedIfEmpty(joinedValues(request.query)),
      requestContext: {
        accountId: call.accountId,
        apiId: call.apiId,
        authorizer: call.authorizer,
        domainName: call.host,
        domainPrefix: domainPrefix(call.host),
        http: {
          method: request.httpMethod,
          path: rawPath,
          protocol: "HTTP/1.1",
          sourceIp: request.sourceIp,
          userAgent: headerOf(request.headers, "User-Agent") ?? "",
        },
        requestId: call.requestId,
        routeKey: call.routeKey,
        stage: call.stageName,
        time: requestTime(call.timeMs),
        timeEpoch: call.timeMs,
      },
      body: request.body.length === 0 ? undefined : encodedBody(request, call),
      pathParameters: undefinedIfEmpty(call.pathParameters),
      isBase64Encoded: call.isBase64Encoded,
      stageVariables: undefinedIfEmpty(call.stageVariables),
    }),
  );
}

/** Names in lower case; values of names that differ only in case are joined. */
function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    lower[key] = lower[key] === undefined ? value : `${lower[key]},${value}`;
  }
  return lower;
}

function undefinedIfEmpty<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> | undefined {
  return Object.keys(entries).length === 0 ? undefined : entries;
}
