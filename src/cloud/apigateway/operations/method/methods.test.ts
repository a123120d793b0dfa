import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("stores an authorization type in upper case", async (t) => {
  const gateway = startApiGateway(t);
  const { send } = gateway;
  const name = { ...(await deployMethod(gateway)), httpMethod: "GET" };

  const put = await send("PutMethod", { ...name, authorizationType: "none" });
  const patchOperations = [{ op: "replace" as const, path: "/authorizationType", value: "aws_iam" }];
  const updated = await send("UpdateMethod", { ...name, patchOperations });

  assert.deepEqual([put.authorizationType, updated.authorizationType], ["NONE", "AWS_IAM"]);
});

test("invokes an ANY method for a test of any method", async (t) => {
  const gateway = startApiGateway(t, { run: () => "done" });
  const ids = await deployMethod(gateway, { httpMethod: "ANY" });

  const { status, body } = await gateway.send("TestInvokeMethod", { ...ids, httpMethod: "DELETE", body: "{}" });

  assert.deepEqual([status, body], [200, '"done"']);
});

testRejections([
  [
    "too many patch operations",
    ({ send }, name) =>
      send("UpdateMethod", {
        ...name,
        httpMethod: "POST",
        patchOperations: Array.from({ length: 3000 }, () => ({ op: "replace" as const, path: "/operationName" })),
      }),
    "BadRequestException",
    "Too many patch operations for a document of this size: 3000",
  ],
  [
    "too many patch operations on a method with a large map",
    async ({ send }, name) => {
      const names = Array.from({ length: 20_000 }, (_, index) => [`method.request.header.h${index}`, false]);
      const requestParameters = Object.fromEntries(names);
      await send("PutMethod", { ...name, httpMethod: "GET", authorizationType: "NONE", requestParameters });
      const path = "/requestParameters/method.request.header.h0";
      const patchOperations = Array.from({ length: 300 }, () => ({ op: "replace" as const, path, value: "true" }));
      await send("UpdateMethod", { ...name, httpMethod: "GET", patchOperations });
    },
    "BadRequestException",
    "Too many patch operations for a document of this size: 300",
  ],
  [
    "an unknown HTTP method",
    ({ send }, name) => send("PutMethod", { ...name, httpMethod: "FETCH", authorizationType: "NONE" }),
    "BadRequestException",
    "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
  ],
  [
    "a second method with the same name",
    ({ send }, name) => send("PutMethod", { ...name, httpMethod: "POST", authorizationType: "NONE" }),
    "ConflictException",
    "Method already exists for this resource",
  ],
  [
    "an unknown authorizer",
    ({ send }, name) =>
      send("PutMethod", { ...name, httpMethod: "GET", authorizationType: "CUSTOM", authorizerId: "a" }),
    "BadRequestException",
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
  ],
  [
    "an unknown model",
    ({ send }, name) =>
      send("PutMethod", {
        ...name,
        httpMethod: "GET",
        authorizationType: "NONE",
        requestModels: { "application/json": "constructor" },
      }),
    "BadRequestException",
    "Invalid model identifier specified: constructor",
  ],
  [
    "two parameters with one name",
    ({ send }, name) =>
      send("PutMethod", {
        ...name,
        httpMethod: "GET",
        authorizationType: "NONE",
        requestParameters: { "method.request.header.a": true, "method.request.querystring.a": true },
      }),
    "BadRequestException",
    "Parameter names must be unique across querystring, header and path",
  ],
  [
    "a patch of an unknown path",
    ({ send }, name) =>
      send("UpdateMethod", {
        ...name,
        httpMethod: "POST",
        patchOperations: [{ op: "replace", path: "/httpMethod", value: "GET" }],
      }),
    "BadRequestException",
    "Invalid patch path /httpMethod",
  ],
  [
    "a patch with an unsupported operation",
    ({ send }, name) =>
      send("UpdateMethod", {
        ...name,
        httpMethod: "POST",
        patchOperations: [{ op: "add", path: "/operationName", value: "x" }],
      }),
    "BadRequestException",
    "Invalid patch operation specified. Must be one of: [replace]",
  ],
]);
