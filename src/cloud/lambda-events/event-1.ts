// The event of a Lambda proxy integration of a REST API (format 1.0).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html

import type { EventRequest } from "./event-request.js";
import { allValues, headerOf, lastValues, type MultiValues } from "./multi-values.js";

/** What an event tells about a request beyond what the caller sent. */
export interface ApiCall {
  readonly accountId: string;
  readonly apiId: string;
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The host that the caller used, with its port. */
  readonly host: string;
  readonly requestId: string;
  /** `Root=1-...`. */
  readonly traceId: string;
  readonly timeMs: number;
  /** Whether the function gets the body in base64. */
  readonly isBase64Encoded: boolean;
}

interface RestApiCall extends ApiCall {
  readonly resourceId: string;
  /** `/pets/{petId}`. */
  readonly resourcePath: string;
  readonly deploymentId: string;
  readonly extendedRequestId: string;
}

/** The event, encoded as JSON. What a request does not have is null. */
export function restApiEvent(request: EventRequest, call: RestApiCall): Buffer {
  const headers = forwardedHeaders(request, call);
  return Buffer.from(
    JSON.stringify({
      resource: call.resourcePath,
      path: request.path,
      httpMethod: request.httpMethod,
      headers: nullIfEmpty(lastValues(headers)),
      multiValueHeaders: nullIfEmpty(allValues(headers)),
      queryStringParameters: nullIfEmpty(lastValues(request.query)),
      multiValueQueryStringParameters: nullIfEmpty(allValues(request.query)),
      pathParameters: nullIfEmpty(call.pathParameters),
      stageVariables: nullIfEmpty(call.stageVariables),
      requestContext: {
        resourceId: call.resourceId,
        resourcePath: call.resourcePath,
        httpMethod: request.httpMethod,
        extendedRequestId: call.extendedRequestId,
        requestTime: requestTime(call.timeMs),
        path: `/${call.stageName}${request.path}`,
        accountId: call.accountId,
        protocol: "HTTP/1.1",
        stage: call.stageName,
        domainPrefix: domainPrefix(call.host),
        requestTimeEpoch: call.timeMs,
        requestId: call.requestId,
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: request.sourceIp,
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: headerOf(request.headers, "User-Agent") ?? null,
          user: null,
        },
        domainName: call.host,
        deploymentId: call.deploymentId,
        apiId: call.apiId,
      },
      body: request.body.length === 0 ? null : encodedBody(request, call),
      isBase64Encoded: call.isBase64Encoded,
    }),
  );
}

/** The caller's headers and those that API Gateway adds. */
export function forwardedHeaders({ headers, sourceIp }: EventRequest, { traceId, host }: ApiCall): MultiValues {
  return new Map([
    ...headers,
    ["X-Amzn-Trace-Id", [traceId]],
    ["X-Forwarded-For", [[...(headers.get("X-Forwarded-For") ?? []), sourceIp].join(", ")]],
    ["X-Forwarded-Port", [host.split(":")[1] ?? "443"]],
    ["X-Forwarded-Proto", [host.includes(":") ? "http" : "https"]],
  ]);
}

/** `abc123` of `abc123.execute-api.us-east-1.amazonaws.com`. */
export function domainPrefix(host: string): string {
  return host.split(/[.:]/, 1)[0] ?? "";
}

export function encodedBody({ body }: EventRequest, { isBase64Encoded }: ApiCall): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString(isBase64Encoded ? "base64" : "utf8");
}

function nullIfEmpty<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> | null {
  return Object.keys(entries).length === 0 ? null : entries;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** `19/Aug/2025:10:21:30 +0000`: `requestContext.requestTime`, `requestContext.time` and `$context.requestTime`. */
export function requestTime(ms: number): string {
  const date = new Date(ms);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(":");
  return `${twoDigits(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clock} +0000`;
}
