import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpRequest } from "../http.js";
import { eventRequest, type HttpApiCall, httpApiEvent, readResponse2 } from "./index.js";

const request: HttpRequest = {
  method: "POST",
  path: "/my/path",
  query: "parameter1=value1&parameter1=value2&parameter2=value",
  headers: {},
  rawHeaders: [
    ...["Header1", "value1", "Header2", "value1", "Header2", "value2"],
    ...["Cookie", "cookie1=a; cookie2=b", "User-Agent", "agent", "Connection", "keep-alive"],
  ],
  body: Buffer.from("Hello from Lambda"),
  sourceIp: "192.0.2.1",
};

const call: HttpApiCall = {
  accountId: "123456789012",
  apiId: "api-id",
  stageName: "$default",
  stageVariables: { stageVariable1: "value1" },
  pathParameters: { parameter1: "value1" },
  host: "id.execute-api.us-east-1.amazonaws.com",
  requestId: "id",
  traceId: "Root=1-5759e988-bd862e3fe1be46a994272793",
  timeMs: Date.UTC(2020, 2, 12, 19, 3, 58, 390),
  isBase64Encoded: false,
  routeKey: "$default",
  authorizer: { jwt: { claims: { claim1: "value1" }, scopes: ["scope1", "scope2"] } },
};

/** The example of "Create AWS Lambda proxy integrations for HTTP APIs", without the client certificate. */
test("the event of format 2.0 is AWS's documented example", () => {
  const event: unknown = JSON.parse(httpApiEvent(eventRequest(request, "/my/path"), call).toString());

  assert.deepEqual(event, {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
    cookies: ["cookie1=a", "cookie2=b"],
    headers: {
      header1: "value1",
      header2: "value1,value2",
      "user-agent": "agent",
      "x-amzn-trace-id": "Root=1-5759e988-bd862e3fe1be46a994272793",
      "x-forwarded-for": "192.0.2.1",
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
    },
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    requestContext: {
      accountId: "123456789012",
      apiId: "api-id",
      authorizer: { jwt: { claims: { claim1: "value1" }, scopes: ["scope1", "scope2"] } },
      domainName: "id.execute-api.us-east-1.amazonaws.com",
      domainPrefix: "id",
      http: {
        method: "POST",
        path: "/my/path",
        protocol: "HTTP/1.1",
        sourceIp: "192.0.2.1",
        userAgent: "agent",
      },
      requestId: "id",
      routeKey: "$default",
      stage: "$default",
      time: "12/Mar/2020:19:03:58 +0000",
      timeEpoch: 1584039838390,
    },
    body: "Hello from Lambda",
    pathParameters: { parameter1: "value1" },
    isBase64Encoded: false,
    stageVariables: { stageVariable1: "value1" },
  });
});

test("the event of format 2.0 omits what a request does not have, and its path starts with a named stage", () => {
  const bare = { ...request, method: "GET", query: "", rawHeaders: ["Host", "x"], body: Buffer.alloc(0) };
  const { authorizer: _none, ...open } = { ...call, stageName: "prod", stageVariables: {}, pathParameters: {} };

  const event = JSON.parse(httpApiEvent(eventRequest(bare, "/pets/a%20b"), open).toString());

  assert.deepEqual(Object.keys(event), [
    ...["version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded"],
  ]);
  assert.deepEqual([event.rawPath, event.requestContext.http.path], ["/prod/pets/a b", "/prod/pets/a b"]);
  assert.equal("authorizer" in event.requestContext, false);
});

const json = [["content-type", ["application/json"]]];
for (const [name, result, expected] of [
  ["an object", { hello: "world" }, { status: 200, headers: json, body: '{"hello":"world"}' }],
  ["a string, without quotes", "Hello", { status: 200, headers: json, body: "Hello" }],
  ["a list", ["hello", 3, true], { status: 200, headers: json, body: '["hello",3,true]' }],
  ["a number", 3.1, { status: 200, headers: json, body: "3.1" }],
  ["null", null, { status: 200, headers: json, body: "null" }],
  [
    "a response with cookies",
    { statusCode: 201, cookies: ["a=1", "b=2"], headers: { "Custom-Header": "Custom Value" }, body: "text" },
    {
      status: 201,
      headers: [
        ["Custom-Header", ["Custom Value"]],
        ["set-cookie", ["a=1", "b=2"]],
      ],
      body: "text",
    },
  ],
  ["a status as a string", { statusCode: "204" }, { status: 204, headers: [], body: "" }],
] as const) {
  test(`format 2.0 reads ${name}`, () => {
    const { isBase64Encoded, ...response } = readResponse2(Buffer.from(JSON.stringify(result)));

    assert.deepEqual(response, expected);
    assert.equal(isBase64Encoded, false);
  });
}

for (const [name, payload] of [
  ["a status that is not a number", '{"statusCode": "abc"}'],
  ["a status out of range", '{"statusCode": 100}'],
  ["a body that is an object", '{"statusCode": 200, "body": {}}'],
  ["cookies that are not a list", '{"statusCode": 200, "cookies": "a=1"}'],
  ["a header that HTTP does not allow", '{"statusCode": 200, "headers": {"X-A": "☃"}}'],
  ["headers without an end", JSON.stringify({ statusCode: 200, headers: { "X-A": "a".repeat(70_000) } })],
  ["text that is not JSON", "Hello"],
] as const) {
  test(`format 2.0 rejects ${name}`, () => {
    assert.throws(() => readResponse2(Buffer.from(payload)), { name: "MalformedResponse" });
  });
}
