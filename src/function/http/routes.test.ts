import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutAdder, adder } from "../../../test/support/adder.js";
import { silentLog } from "../../base/index.js";
import { createHandler } from "../handler.js";
import { respondToProxy } from "./respond.js";

const served = { model: adder, about: aboutAdder, log: silentLog };

interface Sent {
  readonly body?: string | Uint8Array;
  readonly [header: string]: string | Uint8Array | undefined;
}

async function ask(line: string, { body = "", ...headers }: Sent = {}) {
  const [method = "", path = ""] = line.split(" ");
  const header = (name: string) => (typeof headers[name] === "string" ? headers[name] : undefined);
  return respondToProxy({ method, path, header, body }, served);
}

const csv = "text/csv";
const tensors = '{"inputs":[{"name":"m","shape":[1,2],"datatype":"FP64","data":[1,2]}]}';
const inferred =
  '{"model_name":"adder","model_version":"1","outputs":[{"name":"predict","shape":[1],"datatype":"FP64","data":[3]}]}';

for (const [name, line, sent, status, body] of [
  ["the tutorial's request at any path", "POST /x", { body: '{"values":[[1,2]]}' }, 200, "[3]"],
  ["CSV in", "POST /predict", { body: "1,2\n", "content-type": csv }, 200, "[3]"],
  ["CSV in and out", "POST /predict", { body: "1,2\n", "content-type": csv, accept: csv }, 200, "3\n"],
  [
    "JSON before CSV",
    "POST /predict",
    { body: "1,2", "content-type": csv, accept: "application/json,text/csv" },
    200,
    "[3]",
  ],
  ["a preference for CSV", "POST /predict", { body: '{"values":[[1,2]]}', accept: "*/*;q=0.1, text/csv" }, 200, "3\n"],
  [
    "a header by the media type",
    "POST /predict",
    { body: "right,left\n1,2", "content-type": "text/csv; header=present" },
    200,
    "[3]",
  ],
  [
    "MLflow's JSON",
    "POST /invocations",
    { body: '{"dataframe_split":{"columns":["left","right"],"data":[[1,2]]}}' },
    200,
    '{"predictions":[3]}',
  ],
  ["MLflow's CSV", "POST /invocations", { body: "left,right\n1,2\n", "content-type": csv }, 200, '{"predictions":[3]}'],
  ["SageMaker's CSV", "POST /invocations", { body: "1,2\n3,4\n", "content-type": csv }, 200, "3\n7\n"],
  [
    "SageMaker's CSV for JSON",
    "POST /invocations",
    { body: "1,2", "content-type": csv, accept: "application/json" },
    200,
    "[3]",
  ],
  ["SageMaker's JSON", "POST /invocations", { body: "[[1,2]]" }, 200, "[3]"],
  ["SageMaker's ping", "GET /ping", {}, 200, '{"status":"ok"}'],
  ["KServe's V1", "POST /v1/models/adder:predict", { body: '{"instances":[[1,2]]}' }, 200, '{"predictions":[3]}'],
  ["KServe's V1 models", "GET /v1/models", {}, 200, '{"models":["adder"]}'],
  ["KServe's V1 readiness", "GET /v1/models/adder", {}, 200, '{"name":"adder","ready":true}'],
  ["KServe's V2", "POST /v2/models/adder/infer", { body: tensors }, 200, inferred],
  ["KServe's V2 of a version", "POST /v2/models/adder/versions/1/infer", { body: tensors }, 200, inferred],
  ["KServe's V2 server", "GET /v2", {}, 200, '{"name":"tepal","version":"1.2.3","extensions":["binary_tensor_data"]}'],
  ["KServe's V2 health", "GET /v2/health/ready", {}, 200, '{"ready":true}'],
  ["KServe's V2 readiness", "GET /v2/models/adder/ready", {}, 200, '{"name":"adder","ready":true}'],
  [
    "an error of MLflow",
    "POST /invocations",
    { body: '{"instances":1}' },
    400,
    /^\{"error_code":"BAD_REQUEST","message":"\\"instances\\" must/,
  ],
  [
    "an error of KServe",
    "POST /v2/models/adder/infer",
    { body: "{}" },
    400,
    /^\{"error":"\\"inputs\\" must be a list of tensors/,
  ],
  [
    "an error of SageMaker's runtime",
    "POST /endpoints/adder/invocations",
    { body: "[[1]]" },
    424,
    /"OriginalStatusCode":400/,
  ],
  [
    "an internal error",
    "POST /v1/models/adder:predict",
    { body: '{"instances":[[1000,1]]}' },
    500,
    '{"error":"Internal server error"}',
  ],
  [
    "another model",
    "GET /v1/models/addr",
    {},
    404,
    '{"error":"Model with name addr does not exist. Did you mean adder?"}',
  ],
  ["another version", "GET /v2/models/adder/versions/2", {}, 404, /has no version 2; its version is 1/],
  ["an unknown path", "GET /v2/nothing", {}, 404, /Path \/v2\/nothing not found/],
  ["a wrong method", "DELETE /model", {}, 405, /use GET/],
] as const) {
  test(`responds with ${status} to ${name}`, async () => {
    const response = await ask(line, sent);

    assert.equal(response.status, status, response.body);
    if (body instanceof RegExp) assert.match(response.body, body);
    else assert.equal(response.body, body);
  });
}

test("reads the binary data of tensors", async () => {
  const head = JSON.stringify({
    inputs: [{ name: "m", shape: [1, 2], datatype: "FP32", parameters: { binary_data_size: 8 } }],
  });
  const body = Buffer.concat([Buffer.from(head), Buffer.from(Float32Array.of(1.5, 2).buffer)]);

  const response = await ask("POST /v2/models/adder/infer", {
    body,
    "inference-header-content-length": String(head.length),
  });

  assert.deepEqual(JSON.parse(response.body).outputs[0].data, [3.5]);
});

for (const [name, size] of [
  ["longer than the body", 16],
  ["negative", -8],
  ["not a multiple of the value's size", 7],
] as const) {
  test(`rejects binary data with a size that is ${name}`, async () => {
    const head = JSON.stringify({
      inputs: [{ name: "m", shape: [1, 1], datatype: "FP64", parameters: { binary_data_size: size } }],
    });
    const body = Buffer.concat([Buffer.from(head), Buffer.alloc(8)]);
    const headers = { "inference-header-content-length": String(head.length) };

    assert.equal((await ask("POST /v2/models/adder/infer", { body, ...headers })).status, 400);
  });
}

test("describes the model with its versions, digest and signature", async () => {
  const { name, versions, files, signature } = JSON.parse((await ask("GET /model")).body);

  assert.deepEqual([name, versions, files], ["adder", { tepal: "1.2.3" }, aboutAdder.files()]);
  assert.deepEqual(signature.features, adder.signature.features);
});

test("the OpenAPI document of a signed function URL requires a signature", async () => {
  const requestContext = { http: { method: "GET" }, authorizer: { iam: { accessKey: "AKIA" } } };
  const event = { version: "2.0", rawPath: "/openapi.json", requestContext };
  const result = await createHandler(served)(JSON.stringify(event));
  assert.ok(result.ok);
  const document = JSON.parse(JSON.parse(result.body).body);

  assert.deepEqual(document.security, [{ sigv4: [] }]);
  assert.equal(document.components.securitySchemes.sigv4.name, "Authorization");
  assert.ok(document.paths["/predict"].post.responses["403"]);
});

test("API Gateway's event for the OpenAPI document states the route and the authorization", async () => {
  const security = {
    schemes: { api_key: { type: "apiKey", in: "header", name: "x-api-key" } },
    requirement: { api_key: [] },
  };
  const event = { tepal: { get: "/openapi.json", title: "iris", route: "/v2/predict", security } };
  const result = await createHandler(served)(JSON.stringify(event));
  assert.ok(result.ok);
  const document = JSON.parse(result.body);

  assert.deepEqual([document.info.title, document.servers], ["iris", [{ url: "." }]]);
  assert.ok(document.paths["/v2/predict"].post);
  assert.deepEqual(document.security, [security.requirement]);
});
