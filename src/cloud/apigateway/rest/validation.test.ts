import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway, type TestGateway } from "../../../../test/support/apigateway.js";
import { mainThreadBudget, withinBudget } from "../worker/budget.js";
import { bodyValidators } from "./body-validators.js";

const schema = {
  type: "object",
  required: ["values", "method"],
  properties: {
    values: { type: "array", minItems: 1, items: { type: "number" } },
    method: { enum: ["predict", "predict_proba"] },
  },
  additionalProperties: false,
};

/** An API whose POST /predict/{name} validates body and parameters, and whose responses say what is invalid. */
async function deployValidated(gateway: TestGateway) {
  const { send } = gateway;
  const { restApiId, resourceId } = await deployMethod(gateway, { pathPart: "{name}" });
  const { id: requestValidatorId } = await send("CreateRequestValidator", {
    restApiId,
    name: "all",
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  await send("CreateModel", {
    restApiId,
    name: "Rows",
    contentType: "application/json",
    schema: JSON.stringify(schema),
  });
  const reference = { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Rows` };
  await send("CreateModel", {
    restApiId,
    name: "Input",
    contentType: "application/json",
    schema: JSON.stringify(reference),
  });
  await send("UpdateMethod", {
    restApiId,
    resourceId,
    httpMethod: "POST",
    patchOperations: [
      { op: "replace", path: "/requestValidatorId", value: requestValidatorId },
      { op: "add", path: "/requestModels/application~1json", value: "Input" },
      { op: "add", path: "/requestParameters/method.request.header.x-caller", value: "true" },
      { op: "add", path: "/requestParameters/method.request.querystring.q", value: "true" },
      { op: "add", path: "/requestParameters/method.request.querystring.free", value: "false" },
    ],
  });
  await send("PutGatewayResponse", {
    restApiId,
    responseType: "BAD_REQUEST_BODY",
    responseTemplates: {
      "application/json": '{"message": $context.error.messageString, "why": "$context.error.validationErrorString"}',
    },
  });
  await send("CreateDeployment", { restApiId, stageName: "dev" });
  return restApiId;
}

for (const [name, body, expected] of [
  ["the right members and types", '{"values": [1], "method": "predict"}', undefined],
  ["no JSON", "values", "[Unknown error parsing request body]"],
  ["no content", "", "[Unknown error parsing request body]"],
  ["missing members", "{}", '[object has missing required properties (["method","values"])]'],
  [
    "a wrong type",
    '{"values": "x", "method": "predict"}',
    '[instance type (string) does not match any allowed primitive type (allowed: ["array"])]',
  ],
  [
    "a wrong value",
    '{"values": [1], "method": "x"}',
    '[instance value ("x") not found in enum (possible values: ["predict","predict_proba"])]',
  ],
  [
    "too few items",
    '{"values": [], "method": "predict"}',
    "[array is too short: must have at least 1 elements but instance has 0 elements]",
  ],
  [
    "another member",
    '{"values": [1], "method": "predict", "z": 1}',
    '[object instance has properties which are not allowed by the schema: ["z"]]',
  ],
] as const) {
  test(`${expected === undefined ? "accepts" : "rejects, with AWS's message,"} a body with ${name}`, async (t) => {
    const gateway = startApiGateway(t);
    const restApiId = await deployValidated(gateway);

    const reply = await gateway.invoke(restApiId, "POST /iris?q=1", { body, headers: { "X-Caller": "me" } });

    if (expected === undefined) assert.equal(reply.status, 200);
    else {
      assert.equal(reply.status, 400);
      assert.deepEqual(JSON.parse(reply.body), { message: "Invalid request body", why: expected });
    }
  });
}

for (const [body, matched] of [
  ["{}", 0],
  ['{"a": 1, "b": 1}', 2],
] as const) {
  test(`one message names how many of several alternatives match: ${matched}`, () => {
    const schema = JSON.stringify({ oneOf: [{ required: ["a"] }, { required: ["b"] }] });
    const validators = bodyValidators({ Body: { schema } });

    assert.equal(
      withinBudget(mainThreadBudget(), () => validators.fault("Body", Buffer.from(body))),
      `[instance failed to match exactly one schema (matched ${matched} out of 2)]`,
    );
  });
}

test("accepts a body whose content type has no model", async (t) => {
  const gateway = startApiGateway(t, { run: () => "ok" });
  const restApiId = await deployValidated(gateway);
  const headers = { "X-Caller": "me", "Content-Type": "text/plain" };

  assert.equal((await gateway.invoke(restApiId, "POST /iris?q=1", { body: "{}", headers })).status, 200);
});

test("one message names all missing parameters", async (t) => {
  const gateway = startApiGateway(t);
  const restApiId = await deployValidated(gateway);

  const reply = await gateway.invoke(restApiId, "POST /iris", { body: "{}" });

  assert.deepEqual(
    [reply.status, reply.body, reply.headers["x-amzn-errortype"]],
    [400, '{"message":"Missing required request parameters: [x-caller, q]"}', "BadRequestException"],
  );
});

/** Gateway responses, built-in and customized. */
for (const [name, type, put, expected] of [
  [
    "the built-in response",
    "MISSING_AUTHENTICATION_TOKEN",
    undefined,
    [403, '{"message":"Missing Authentication Token"}', undefined],
  ],
  [
    "its own response",
    "MISSING_AUTHENTICATION_TOKEN",
    { statusCode: "404" },
    [404, '{"message":"Missing Authentication Token"}', undefined],
  ],
  [
    "the default response for 4xx",
    "DEFAULT_4XX",
    {
      responseParameters: { "gatewayresponse.header.X-Path": "method.request.header.X-In" },
      responseTemplates: {
        "application/json": '{"type": "$context.error.responseType", "m": $context.error.messageString}',
      },
    },
    [403, '{"type": "MISSING_AUTHENTICATION_TOKEN", "m": "Missing Authentication Token"}', "in"],
  ],
  [
    "the built-in response, not the default for 5xx,",
    "DEFAULT_5XX",
    { statusCode: "599" },
    [403, '{"message":"Missing Authentication Token"}', undefined],
  ],
] as const) {
  test(`an unknown path gets ${name}`, async (t) => {
    const gateway = startApiGateway(t);
    const { restApiId } = await deployMethod(gateway);
    if (put) {
      await gateway.send("PutGatewayResponse", { restApiId, responseType: type, ...put });
      await gateway.send("CreateDeployment", { restApiId, stageName: "dev" });
    }

    const { status, body, headers } = await gateway.invoke(restApiId, "GET /none", { headers: { "X-In": "in" } });

    assert.deepEqual([status, body, headers["x-path"]], expected);
    assert.equal(headers["x-amzn-errortype"], "MissingAuthenticationTokenException");
  });
}

for (const [name, method, headers, status, message] of [
  ["an API key", { apiKeyRequired: true }, {}, 403, "Forbidden"],
  ["an API key, with an unknown key,", { apiKeyRequired: true }, { "x-api-key": "k" }, 403, "Forbidden"],
  ["a signature", { authorizationType: "AWS_IAM" }, {}, 403, "Missing Authentication Token"],
] as const) {
  test(`denies a request without valid credentials to a method that requires ${name}`, async (t) => {
    const gateway = startApiGateway(t, { run: () => assert.fail("called") });
    const { restApiId } = await deployMethod(gateway, { method });

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}", headers });

    assert.deepEqual([reply.status, reply.body], [status, JSON.stringify({ message })]);
  });
}

test("rejects a payload larger than 10 MB", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId } = await deployMethod(gateway);

  const { status, body } = await gateway.invoke(restApiId, "POST /predict", {
    body: new Uint8Array(10 * 1024 * 1024 + 1),
  });

  assert.deepEqual([status, body], [413, '{"message":"Request Too Long"}']);
});

test("accepts a signed request to a method with AWS_IAM authorization", async (t) => {
  const gateway = startApiGateway(t, { run: () => 1 });
  const { restApiId } = await deployMethod(gateway, { method: { authorizationType: "AWS_IAM" } });
  const Authorization =
    "AWS4-HMAC-SHA256 Credential=test/20261026/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0";

  assert.equal(
    (await gateway.invoke(restApiId, "POST /predict", { body: "{}", headers: { Authorization } })).status,
    200,
  );
});
