import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, functionUri, startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("stores and returns an empty template of an integration as null", async (t) => {
  const gateway = startApiGateway(t);
  const { send } = gateway;
  const ids = await deployMethod(gateway, { integration: { requestTemplates: { "application/json": "" } } });
  const name = { ...ids, httpMethod: "POST" };

  const put = await send("GetIntegration", name);
  const patched = await send("UpdateIntegration", {
    ...name,
    patchOperations: [
      { op: "replace", path: "/requestTemplates/application~1json", value: "{}" },
      { op: "add", path: "/requestTemplates/text~1plain", value: "" },
    ],
  });
  const again = await send("UpdateIntegration", {
    ...name,
    patchOperations: [{ op: "replace", path: "/requestTemplates/text~1plain", value: "x" }],
  });
  const { methodIntegration } = await send("GetMethod", name);

  assert.deepEqual(put.requestTemplates, { "application/json": null });
  assert.deepEqual(patched.requestTemplates, { "application/json": "{}", "text/plain": null });
  assert.deepEqual(again.requestTemplates, { "application/json": "{}", "text/plain": "x" });
  assert.deepEqual(methodIntegration?.requestTemplates, again.requestTemplates);
});

test("stores and returns an empty template of an integration response as null", async (t) => {
  const gateway = startApiGateway(t);
  const { send } = gateway;
  const ids = await deployMethod(gateway, { responses: { "200": { responseTemplates: { "application/json": "" } } } });
  const name = { ...ids, httpMethod: "POST", statusCode: "200" };
  const patch = (op: "add" | "remove", value?: string) =>
    send("UpdateIntegrationResponse", {
      ...name,
      patchOperations: [{ op, path: "/responseTemplates/application~1json", value }],
    });

  const put = await send("GetIntegrationResponse", name);
  const changed = await patch("add", "x");
  const emptied = await patch("add", "");
  const { resourceMethods } = await send("GetResource", { ...ids, embed: ["methods"] });
  const removed = await patch("remove");

  assert.deepEqual(put.responseTemplates, { "application/json": null });
  assert.deepEqual(changed.responseTemplates, { "application/json": "x" });
  assert.deepEqual(emptied.responseTemplates, { "application/json": null });
  assert.deepEqual(
    resourceMethods?.POST?.methodIntegration?.integrationResponses?.["200"]?.responseTemplates,
    emptied.responseTemplates,
  );
  assert.equal(removed.responseTemplates, undefined);
});

test("drops the URI and method of a mock, and gives HTTP integrations a connection type", async (t) => {
  const gateway = startApiGateway(t);
  const { send } = gateway;
  const name = { ...(await deployMethod(gateway)), httpMethod: "POST" };
  const target = { integrationHttpMethod: "GET", uri: "http://127.0.0.1:1" };

  const http = await send("PutIntegration", { ...name, type: "HTTP", ...target });
  const mock = await send("PutIntegration", { ...name, type: "MOCK", ...target });

  assert.deepEqual([http.httpMethod, http.uri, http.connectionType], ["GET", "http://127.0.0.1:1", "INTERNET"]);
  assert.deepEqual([mock.httpMethod, mock.uri, mock.connectionType], [undefined, undefined, undefined]);
});

testRejections([
  [
    "a URI that is not an ARN",
    ({ send }, name) =>
      send("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: "lambda",
      }),
    "BadRequestException",
    "Invalid ARN specified in the request",
  ],
  [
    "an ARN without a path or action",
    ({ send }, name) =>
      send("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:lambda:test",
      }),
    "BadRequestException",
    "AWS ARN for integration must contain path or action",
  ],
  [
    "a proxy integration with another service",
    ({ send }, name) =>
      send("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:sqs:path/x",
      }),
    "BadRequestException",
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  ],
  [
    "a timeout above AWS's maximum",
    ({ send }, name) =>
      send("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: functionUri,
        timeoutInMillis: 30_000,
      }),
    "BadRequestException",
    "Timeout should be between 50 ms and 29000 ms",
  ],
]);

testRejections([
  [
    "a mapping to a header that the method response does not declare",
    ({ send }, name) =>
      send("PutIntegrationResponse", {
        ...name,
        httpMethod: "POST",
        statusCode: "200",
        responseParameters: { "method.response.header.X": "'x'" },
      }),
    "BadRequestException",
    "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.header.X]",
  ],
  [
    "an invalid status code",
    ({ send }, name) => send("PutIntegrationResponse", { ...name, httpMethod: "POST", statusCode: "wrong" }),
    "ValidationException",
    "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
  ],
]);
