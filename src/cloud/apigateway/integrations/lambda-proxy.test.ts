import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, FailedFunction, startApiGateway } from "../../../../test/support/apigateway.js";

test("the event of a proxy integration describes the whole request", async (t) => {
  let event: unknown;
  const gateway = startApiGateway(t, {
    run: (sent) => {
      event = sent;
      return { statusCode: 200 };
    },
  });
  const options = { pathPart: "{proxy+}", httpMethod: "ANY", type: "AWS_PROXY" } as const;
  const { restApiId, resourceId, deploymentId } = await deployMethod(gateway, options);
  const headers = {
    "X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793",
    "User-Agent": "test",
    Connection: "keep-alive",
  };

  const reply = await gateway.invoke(restApiId, "PUT /a/b%20c?x=1&x=2&y=%C3%A9", { body: "é", headers });

  const forwarded = {
    host: "localhost:4566",
    "X-Amzn-Trace-Id": headers["X-Amzn-Trace-Id"],
    "User-Agent": "test",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Port": "4566",
    "X-Forwarded-Proto": "http",
  };
  assert.deepEqual(event, {
    resource: "/{proxy+}",
    path: "/a/b c",
    httpMethod: "PUT",
    headers: forwarded,
    multiValueHeaders: Object.fromEntries(Object.entries(forwarded).map(([name, value]) => [name, [value]])),
    queryStringParameters: { x: "2", y: "é" },
    multiValueQueryStringParameters: { x: ["1", "2"], y: ["é"] },
    pathParameters: { proxy: "a/b c" },
    stageVariables: null,
    requestContext: {
      resourceId,
      resourcePath: "/{proxy+}",
      httpMethod: "PUT",
      extendedRequestId: reply.headers["x-amz-apigw-id"],
      requestTime: "26/Oct/2026:10:21:30 +0000",
      path: "/dev/a/b c",
      accountId: "000000000000",
      protocol: "HTTP/1.1",
      stage: "dev",
      domainPrefix: "localhost",
      requestTimeEpoch: Date.UTC(2026, 9, 26, 10, 21, 30),
      requestId: reply.headers["x-amzn-requestid"],
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: "127.0.0.1",
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: "test",
        user: null,
      },
      domainName: "localhost:4566",
      deploymentId,
      apiId: restApiId,
    },
    body: "é",
    isBase64Encoded: false,
  });
});

/** What a function can return (recorded at AWS in November 2024), and what the caller gets. */
for (const [name, response, status, body] of [
  ["all members", { statusCode: 201, headers: {}, multiValueHeaders: {}, body: "b", isBase64Encoded: false }, 201, "b"],
  ["a status as a string", { statusCode: "202", body: "b" }, 202, "b"],
  ["no status", { body: "b" }, 200, "b"],
  ["no body", { statusCode: 204 }, 204, ""],
  ["null members", { statusCode: 200, headers: null, multiValueHeaders: null, body: null }, 200, ""],
  ["a number for a body", { statusCode: 200, body: 7 }, 200, "7"],
  ["an unknown member", { statusCode: 200, wrong: 1 }, 502, '{"message":"Internal server error"}'],
  ["no member", {}, 502, '{"message":"Internal server error"}'],
  ["a string", "text", 502, '{"message":"Internal server error"}'],
  ["a list", [1], 502, '{"message":"Internal server error"}'],
  ["null", null, 502, '{"message":"Internal server error"}'],
  ["a body that is an object", { statusCode: 200, body: {} }, 502, '{"message":"Internal server error"}'],
  ["an invalid status", { statusCode: 1000 }, 502, '{"message":"Internal server error"}'],
  ["an informational status", { statusCode: 100 }, 502, '{"message":"Internal server error"}'],
  ["a header outside Latin-1", { headers: { "X-A": "☃" } }, 502, '{"message":"Internal server error"}'],
  ["a header with a line break", { headers: { "X-A": "a\r\nb: c" } }, 502, '{"message":"Internal server error"}'],
  ["a failure", new FailedFunction("boom"), 502, '{"message":"Internal server error"}'],
] as const) {
  test(`a proxy response with ${name} becomes a ${status}`, async (t) => {
    const gateway = startApiGateway(t, { run: () => response });
    const { restApiId } = await deployMethod(gateway, { type: "AWS_PROXY" });

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

    assert.deepEqual([reply.status, reply.body], [status, body]);
  });
}

test("passes on the headers of a proxy response, except those that API Gateway sets itself", async (t) => {
  const response = {
    statusCode: 200,
    headers: {
      "X-One": "1",
      "X-True": true,
      "content-type": "text/plain",
      Date: "then",
      "Transfer-Encoding": "chunked",
    },
    multiValueHeaders: { "X-Many": ["a", "b"], "x-one": ["2"] },
  };
  const gateway = startApiGateway(t, { run: () => response });
  const { restApiId } = await deployMethod(gateway, { type: "AWS_PROXY" });

  const { headers } = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual(
    ["x-one", "x-true", "content-type", "date", "x-amzn-remapped-date", "transfer-encoding", "x-many"].map(
      (name) => headers[name],
    ),
    ["2", "true", "text/plain", undefined, "then", undefined, "a,b"],
  );
});

test("decodes and encodes base64 for binary media types", async (t) => {
  let event: unknown;
  const gateway = startApiGateway(t, {
    run: (sent) => {
      event = sent;
      return { body: Buffer.from([0xff, 0]).toString("base64"), isBase64Encoded: true };
    },
  });
  const { restApiId } = await deployMethod(gateway, { type: "AWS_PROXY" });
  const patchOperations = [{ op: "add" as const, path: "/binaryMediaTypes/image~1*" }];
  await gateway.send("UpdateRestApi", { restApiId, patchOperations });
  await gateway.send("CreateDeployment", { restApiId, stageName: "dev" });
  const headers = { "Content-Type": "image/png" };

  const asBytes = await gateway.invoke(restApiId, "POST /predict", {
    body: Uint8Array.of(0xfe, 1),
    headers: { ...headers, Accept: "image/png" },
  });
  const asText = await gateway.invoke(restApiId, "POST /predict", { body: Uint8Array.of(0xfe, 1), headers });

  assert.deepEqual(event, { ...(event as object), body: "/gE=", isBase64Encoded: true });
  assert.deepEqual([asBytes.body, asText.body], [Buffer.from([0xff, 0]).toString(), "/wA="]);
});
