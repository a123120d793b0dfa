import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { type ApiSubject, type CodeSchema, openApiDocument } from "./index.js";

const churn: CodeSchema = {
  request: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["rows"],
    properties: { rows: { type: "array", items: { $ref: "#/$defs/row" } }, $ref: { type: "string" } },
    $defs: { row: { type: "object", properties: { tenure: { type: "integer" }, next: { $ref: "#/$defs/row" } } } },
  },
  response: { type: "object", properties: { probability: { type: "number" } } },
};

function documentOf(changes: Partial<Extract<ApiSubject, { kind: "code" }>> = {}) {
  return openApiDocument(
    { title: "churn", route: "/predict" },
    { kind: "code", description: "image c:v1", ...changes },
  );
}

test("code without a schema accepts and returns any JSON", () => {
  const { info, paths, components } = documentOf();

  assert.equal(info.description, "image c:v1");
  assert.deepEqual(components.schemas.Request, { title: "Request" });
  assert.deepEqual(components.schemas.Response, { title: "Response" });
  const { requestBody, operationId } = paths["/predict"]?.post ?? assert.fail("The route is missing");
  assert.equal(operationId, "invoke");
  assert.equal("example" in requestBody.content["application/json"], false);
});

test("the example of code is the example of its document", () => {
  const post = documentOf({ example: { a: 1 } }).paths["/predict"]?.post ?? assert.fail("The route is missing");

  assert.deepEqual(post.requestBody.content["application/json"].example, { a: 1 });
});

for (const [name, body, isValid] of [
  ["a valid request", { rows: [{ tenure: 3 }] }, true],
  ["a value that a nested reference rejects", { rows: [{ next: { tenure: "x" } }] }, false],
  ["a member that is named as a keyword", { rows: [], $ref: 1 }, false],
] as const) {
  test(`the references of a user's schema resolve in the document: ${isValid ? "accepts" : "rejects"} ${name}`, () => {
    const document = documentOf({ schema: churn });
    const ajv = new Ajv.default({ strict: false });
    ajv.addSchema(document, "openapi.json");

    const validate = ajv.compile({ $ref: "openapi.json#/components/schemas/Request" });

    assert.equal(validate(body), isValid);
  });
}

test("a schema with many levels is cut", () => {
  let schema: object = {};
  for (let level = 0; level < 20_000; level++) schema = { items: schema };

  assert.ok(JSON.stringify(documentOf({ schema: { request: { ...schema } } })).length < 10_000);
});
