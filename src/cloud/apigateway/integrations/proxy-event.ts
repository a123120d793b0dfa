// The event of a Lambda proxy integration (REST API, format 1.0).

import type { CompiledMethod } from "../rest/compile.js";
import { requestTime } from "../rest/execution-log.js";
import { contextPath, type Invocation } from "../rest/invocation.js";
import { headerOf, lastValues, type MultiValues } from "../rest/request.js";

export function proxyEvent(invocation: Invocation, method: CompiledMethod): Buffer {
  const { request, stage, ids, timeMs, target, host } = invocation;
  const { resource } = method;
  const isBase64Encoded = stage.api.isBinary(headerOf(request.headers, "Content-Type")) && request.body.length > 0;
  const pathParameters = target?.pathParameters ?? {};
  const headers = proxyHeaders(invocation);
  return Buffer.from(
    JSON.stringify({
      resource: resource.path,
      path: request.path,
      httpMethod: request.httpMethod,
      headers: nullIfEmpty(lastValues(headers)),
      multiValueHeaders: nullIfEmpty(allValues(headers)),
      queryStringParameters: nullIfEmpty(lastValues(request.query)),
      multiValueQueryStringParameters: nullIfEmpty(allValues(request.query)),
      pathParameters: nullIfEmpty(pathParameters),
      stageVariables: nullIfEmpty(stage.variables),
      requestContext: {
        resourceId: resource.id,
        resourcePath: resource.path,
        httpMethod: request.httpMethod,
        extendedRequestId: ids.extendedRequestId,
        requestTime: requestTime(timeMs),
        path: contextPath(stage.stageName, request.path),
        accountId: stage.account,
        protocol: "HTTP/1.1",
        stage: stage.stageName,
        domainPrefix: host.split(/[.:]/, 1)[0],
        requestTimeEpoch: timeMs,
        requestId: ids.requestId,
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
        domainName: host,
        deploymentId: stage.deploymentId,
        apiId: stage.apiId,
      },
      body: request.body.length === 0 ? null : Buffer.from(request.body).toString(isBase64Encoded ? "base64" : "utf8"),
      isBase64Encoded,
    }),
  );
}

/** The caller's headers and those that the gateway adds. */
function proxyHeaders({ request, ids, host }: Invocation): MultiValues {
  return new Map([
    ...request.headers,
    ["X-Amzn-Trace-Id", [ids.traceId]],
    ["X-Forwarded-For", [[...(request.headers.get("X-Forwarded-For") ?? []), request.sourceIp].join(", ")]],
    ["X-Forwarded-Port", [host.split(":")[1] ?? "443"]],
    ["X-Forwarded-Proto", [host.includes(":") ? "http" : "https"]],
  ]);
}

function allValues(values: MultiValues): Record<string, readonly string[]> {
  return Object.fromEntries(values);
}

function nullIfEmpty<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> | null {
  return Object.keys(entries).length === 0 ? null : entries;
}
