import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv-draft-04";
import { irisSignature } from "../../../test/support/iris.js";
import { namesOf } from "../names.js";
import { type Spec, specDefaults } from "../spec.js";
import { gatewayApi } from "./document.js";

const place = { account: "000000000000", region: "us-east-1", partition: "aws" };
const spec: Spec = { name: "iris", ...specDefaults };

function apiOf(changes: Partial<Spec> = {}) {
  const subject = { kind: "model", signature: irisSignature } as const;
  return gatewayApi({ ...spec, ...changes }, subject, namesOf("iris", place), place, { clientErrorPrefix: "[400] " });
}

function postOf(changes: Partial<Spec> = {}) {
  return apiOf(changes).document.paths["/predict"]?.post ?? assert.fail("The document has no POST /predict");
}

// API Gateway validates the members of a body; the function validates rows and says which value is wrong.
for (const [name, body, isValid] of [
  ["the tutorial's request", { values: [[5.9, 3.0, 5.1, 2.3]] }, true],
  ["a method of the model", { values: [[1, 2, 3, 4]], method: "predict_proba" }, true],
  ["a row that is too short", { values: [[1, 2, 3]] }, true],
  ["a string in a number column", { values: [[1, 2, 3, "4"]] }, true],
  ["several methods", { values: [[1, 2, 3, 4]], methods: ["predict", "predict_proba"] }, true],
  ["labels", { values: [[1, 2, 3, 4]], labels: true }, true],
  ["instances", { instances: [[1, 2, 3, 4]] }, true],
  ["tensors", { inputs: [{ name: "m", shape: [1, 4], datatype: "FP64", data: [1, 2, 3, 4] }] }, true],
  ["columns", { inputs: { a: [1] }, params: {} }, true],
  ["dataframe_split", { dataframe_split: { columns: [], data: [] } }, true],
  ["dataframe_records", { dataframe_records: [{ a: 1 }] }, true],
  ["no values", {}, false],
  ["a misspelled key", { vlaues: [[1, 2, 3, 4]] }, false],
  ["rows under two keys", { values: [], instances: [] }, false],
  ["instances that are not a list", { instances: 1 }, false],
  ["an unknown method among several", { values: [], methods: ["predict", "fly"] }, false],
  ["labels that are not a boolean", { values: [], labels: 1 }, false],
  ["values that are not a list", { values: 1 }, false],
  ["a method that the model does not have", { values: [[1, 2, 3, 4]], method: "transform" }, false],
] as const) {
  test(`API Gateway's request model, in draft 4, ${isValid ? "accepts" : "rejects"} ${name}`, () => {
    const schema = JSON.parse(apiOf().requestModel.schema);

    assert.equal(schema.$schema, "http://json-schema.org/draft-04/schema#");
    assert.equal(new Ajv.default({ strictTypes: false, strictRequired: false }).compile(schema)(body), isValid);
  });
}

for (const [message, status] of [
  ["", "200"],
  ["[400] Row 1 has 3 values, expected 4", "400"],
  ["[400] first line\nsecond line: Task timed out after 3.00 seconds", "400"],
  ["RequestId: 1-2 Error: Task timed out after 3.00 seconds", "504"],
  ["2026-01-01T00:00:00Z 1-2 Task timed out after 3.00 seconds", "504"],
  ["Response payload size exceeded maximum allowed payload size (6291556 bytes).", "413"],
  ["Response payload size (7000000 bytes) exceeded maximum allowed payload size (6291556 bytes).", "413"],
  ["[500] Internal server error", "500"],
  ["RequestId: 1-2 Error: Runtime exited with error: signal: killed\n", "500"],
] as const) {
  test(`maps the function's error message to ${status}: ${JSON.stringify(message)}`, () => {
    const { default: otherwise, ...patterns } = postOf()["x-amazon-apigateway-integration"].responses;

    const matching = Object.entries(patterns).filter(([pattern]) => new RegExp(`^(?:${pattern})$`).test(message));

    assert.ok(matching.length <= 1, "no message matches two patterns");
    assert.equal((matching[0]?.[1] ?? otherwise)?.statusCode, status);
  });
}

test("GET /openapi.json and GET /model invoke the function with their own event", () => {
  const { paths } = apiOf({ corsOrigin: "*" }).document;

  for (const path of ["/openapi.json", "/model"]) {
    const { get } = paths[path] ?? assert.fail(`The document has no ${path}`);
    const integration = get?.["x-amazon-apigateway-integration"] ?? assert.fail("no integration");
    assert.deepEqual(JSON.parse(integration.requestTemplates["application/json"] ?? ""), {
      tepal: { get: path, title: "iris", route: "/predict" },
    });
    assert.equal(integration.responses.default?.responseTemplates?.["application/json"], "$input.body");
    for (const { statusCode } of Object.values(integration.responses)) {
      assert.ok(Object.keys(get?.responses ?? {}).includes(statusCode), statusCode);
    }
  }
});

test("the route calls the alias that its stage names", () => {
  assert.equal(
    postOf()["x-amazon-apigateway-integration"].uri,
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" +
      // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own placeholder
      "arn:aws:lambda:us-east-1:000000000000:function:iris:${stageVariables.alias}/invocations",
  );
});

test("a CORS origin adds a preflight response, and its header to every response", () => {
  const { paths } = apiOf({ corsOrigin: "https://example.com" }).document;

  assert.equal(apiOf().document.paths["/predict"]?.options, undefined);
  assert.ok(paths["/predict"]?.options);
  const responses = Object.values(paths["/predict"]?.post?.["x-amazon-apigateway-integration"].responses ?? {});
  assert.equal(responses.length, 5);
  for (const { responseParameters = {} } of responses) {
    assert.deepEqual(Object.values(responseParameters), ["'https://example.com'"]);
  }
});

test("declares every status that the integration returns, as API Gateway requires", () => {
  const post = postOf();

  const declared = Object.keys(post.responses ?? {});
  for (const { statusCode } of Object.values(post["x-amazon-apigateway-integration"].responses)) {
    assert.ok(declared.includes(statusCode), statusCode);
  }
});

test("the document is OpenAPI 3.0, whose schemas have one type and one schema for all items", () => {
  const { openapi, components } = apiOf().document;

  assert.equal(openapi, "3.0.1");
  assert.doesNotMatch(JSON.stringify(components), /"type":\[|prefixItems/);
});
