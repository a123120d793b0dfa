// biome-ignore-all lint/suspicious/noTemplateCurlyInString: API Gateway writes stage variables as JavaScript does
import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, FailedFunction, functionArn, startApiGateway } from "../../../../test/support/apigateway.js";
import { AwsError } from "../../protocol/aws-error.js";
import type { InvokeRequest } from "../../service-interfaces.js";

test("the body of a non-proxy request is the event, and the function's result is the body of the response", async (t) => {
  const gateway = startApiGateway(t, { run: (event) => ({ got: event }) });
  const { restApiId } = await deployMethod(gateway);

  const response = await gateway.invoke(restApiId, "POST /predict", { body: '{"values": [[5.9, 3.0]]}' });

  assert.equal(response.status, 200);
  assert.equal(response.body, '{"got":{"values":[[5.9,3]]}}');
  assert.equal(response.headers["content-type"], "application/json");
  assert.match(response.headers["x-amzn-requestid"] ?? "", /^[0-9a-f-]{36}$/);
  assert.match(response.headers["x-amz-apigw-id"] ?? "", /^[\w+/]{15}=$/);
  assert.match(response.headers["x-amzn-trace-id"] ?? "", /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}/);
});

test("invokes the function as API Gateway, for the method, with the caller's trace", async (t) => {
  const calls: InvokeRequest[] = [];
  const gateway = startApiGateway(t, { run: (_event, request) => calls.push(request) });
  const { restApiId, resourceId } = await deployMethod(gateway, { pathPart: "{name}" });
  const trace = "Root=1-5759e988-bd862e3fe1be46a994272793";

  await gateway.invoke(restApiId, "POST /iris", { body: "{}", headers: { "X-Amzn-Trace-Id": `${trace};Sampled=1` } });
  await gateway.send("TestInvokeMethod", { restApiId, resourceId, httpMethod: "POST", body: "{}" });

  const arn = `arn:aws:execute-api:us-east-1:000000000000:${restApiId}`;
  assert.deepEqual(calls[0]?.principal, {
    service: "apigateway.amazonaws.com",
    sourceArn: `${arn}/dev/POST/*`,
    sourceAccount: "000000000000",
  });
  assert.deepEqual([calls[0]?.functionArn, calls[0]?.traceId], [functionArn, trace]);
  assert.equal(calls[1]?.principal?.sourceArn, `${arn}/test-invoke-stage/POST/*`);
});

const responses = {
  "200": { responseTemplates: { "application/json": '{"answer": $input.json("$")}' } },
  "400": {
    selectionPattern: "BadRequest:.*",
    responseTemplates: { "application/json": "$input.path('$.errorMessage')" },
  },
  "422": { selectionPattern: "Invalid*" },
  "500": { selectionPattern: "(\\n|.)+" },
};

for (const [name, response, status, body] of [
  ["a success", { ok: 1.5 }, 200, '{"answer": {"ok":1.5}}'],
  ["an error that a pattern matches", new FailedFunction("BadRequest: no"), 400, "BadRequest: no"],
  [
    "an error of several lines, which . does not match",
    new FailedFunction("BadRequest: a\nb"),
    500,
    '{"errorMessage":"BadRequest: a\\nb","errorType":"Error"}',
  ],
  [
    "an error that a pattern matches in part only",
    new FailedFunction("Invalid input"),
    500,
    '{"errorMessage":"Invalid input","errorType":"Error"}',
  ],
  [
    "a success that looks like an error",
    { errorMessage: "BadRequest: no" },
    200,
    '{"answer": {"errorMessage":"BadRequest: no"}}',
  ],
] as const) {
  test(`${name} selects the response ${status}`, async (t) => {
    const gateway = startApiGateway(t, { run: () => response });
    const { restApiId } = await deployMethod(gateway, { responses });

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

    assert.deepEqual([reply.status, reply.body], [status, body]);
  });
}

test("an error that no pattern matches selects the default response, with the raw error", async (t) => {
  const gateway = startApiGateway(t, { run: () => new FailedFunction("boom") });
  const { restApiId } = await deployMethod(gateway);

  const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual([reply.status, reply.body], [200, '{"errorMessage":"boom","errorType":"Error"}']);
});

/** Faults of functions and integrations, and the response of each. */
const faults: readonly (readonly [
  name: string,
  run: () => unknown,
  integration: object,
  status: number,
  body: string,
])[] = [
  [
    "a function that API Gateway has no permission to invoke",
    () => Promise.reject(new AwsError("AccessDeniedException", 403, "no")),
    {},
    500,
    '{"message":"Internal server error"}',
  ],
  [
    "a function that does not exist",
    () => Promise.reject(new AwsError("ResourceNotFoundException", 404, "no")),
    {},
    500,
    '{"message":"Internal server error"}',
  ],
  [
    "a function that is throttled",
    () => Promise.reject(new AwsError("TooManyRequestsException", 429, "Rate Exceeded.")),
    {},
    500,
    '{"message":"Internal server error"}',
  ],
  [
    "a function that is too slow",
    () => new Promise(() => {}),
    { timeoutInMillis: 50 },
    504,
    '{"message":"Endpoint request timed out"}',
  ],
  [
    "an integration method other than POST",
    () => 1,
    { integrationHttpMethod: "GET" },
    500,
    '{"message":"Internal server error"}',
  ],
  [
    "an AWS service that is not Lambda",
    () => 1,
    { uri: "arn:aws:apigateway:us-east-1:sqs:path/000000000000/queue" },
    500,
    '{"message":"Internal server error"}',
  ],
  [
    "an invalid request template",
    () => 1,
    { requestTemplates: { "application/json": "#if(" } },
    500,
    '{"message":"Internal server error"}',
  ],
  ["a method response that does not exist", () => 1, {}, 500, '{"message":"Internal server error"}'],
];
for (const [name, run, integration, status, body] of faults) {
  test(`responds with ${status} to ${name}`, async (t) => {
    const gateway = startApiGateway(t, { run });
    const deployed = await deployMethod(gateway, { integration });
    const { restApiId, resourceId } = deployed;
    if (name.startsWith("a method response")) {
      await gateway.send("DeleteMethodResponse", { restApiId, resourceId, httpMethod: "POST", statusCode: "200" });
      await gateway.send("CreateDeployment", { restApiId, stageName: "dev" });
    }

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

    assert.deepEqual([reply.status, reply.body], [status, body]);
    assert.equal(reply.headers["x-amzn-errortype"], "InternalServerErrorException");
  });
}

test("a stage variable can name the function", async (t) => {
  const arns: string[] = [];
  const gateway = startApiGateway(t, { run: (_event, request) => arns.push(request.functionArn) });
  const uri =
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${stageVariables.name}/invocations";
  const { restApiId } = await deployMethod(gateway, { integration: { uri } });
  const patchOperations = [{ op: "replace" as const, path: "/variables/name", value: "iris:live" }];
  await gateway.send("UpdateStage", { restApiId, stageName: "dev", patchOperations });

  await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual(arns, ["arn:aws:lambda:us-east-1:000000000000:function:iris:live"]);
});

test("responds to an asynchronous call before the function ends", async (t) => {
  const gateway = startApiGateway(t, { run: () => new Promise(() => {}) });
  const { restApiId } = await deployMethod(gateway, {
    integration: { requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" } },
  });

  const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual([reply.status, reply.body], [200, ""]);
});
