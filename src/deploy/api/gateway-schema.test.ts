import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv-draft-04";
import { toDraft4, toOpenApi30 } from "./gateway-schema.js";

for (const [name, schema, expected] of [
  ["keeps what draft 4 has", { type: "object", required: ["a"], minProperties: 1 }, undefined],
  [
    "replaces references",
    { items: { $ref: "#/$defs/a~1b" }, $defs: { "a/b": { type: "null" } } },
    { items: { type: "null" } },
  ],
  ["drops references to other documents", { items: { $ref: "https://example.com/a.json" } }, { items: {} }],
  [
    "drops composition",
    { type: "object", anyOf: [{ required: ["a"] }], not: {}, additionalProperties: false },
    { type: "object" },
  ],
  ["turns a constant into an enumeration", { const: 1 }, { enum: [1] }],
  ["turns an exclusive bound into a bound", { exclusiveMinimum: 0 }, { minimum: 0 }],
  ["drops the exclusive bound of draft 4", { minimum: 0, exclusiveMinimum: true }, { minimum: 0 }],
  ["drops schemas by position", { prefixItems: [{ type: "string" }] }, { items: {} }],
  ["accepts boolean schemas", { properties: { a: true, b: false } }, { properties: { a: {}, b: {} } }],
  ["drops members of a wrong type", { type: "any", required: [], minLength: -1, pattern: "(", enum: [], items: 1 }, {}],
] as const) {
  test(`a schema for API Gateway's models: ${name}`, () => {
    assert.deepEqual(toDraft4(schema), expected ?? schema);
  });
}

test("a schema for API Gateway's models is never stricter than the user's", () => {
  const schema = toDraft4({
    type: ["object", "null"],
    properties: { age: { type: "integer", exclusiveMaximum: 150 }, tags: { items: { enum: ["a", null] } } },
    if: { required: ["age"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ["tags"] },
  });
  const validate = new Ajv.default({ strict: false }).compile(schema);

  for (const valid of [null, {}, { age: 149 }, { tags: ["a", null] }, { age: 1, tags: [] }]) {
    assert.equal(validate(valid), true, JSON.stringify(valid));
  }
  for (const invalid of [1, { age: 1.5 }, { age: 151 }, { tags: ["b"] }]) {
    assert.equal(validate(invalid), false, JSON.stringify(invalid));
  }
});

test("references that grow exponentially and references to themselves end", () => {
  const definitions = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [
      `s${i}`,
      { properties: { a: { $ref: `#/definitions/s${i + 1}` }, b: { $ref: `#/definitions/s${i + 1}` } } },
    ]),
  );

  assert.ok(JSON.stringify(toDraft4({ $ref: "#/definitions/s0", definitions })).length < 400_000);
  assert.ok(toDraft4({ $ref: "#" }));
});

test("a type that OpenAPI 3.0 does not have is left out", () => {
  const schema = { type: ["string", "null"], properties: { a: { type: "null" }, b: { type: "string" } } };

  assert.deepEqual(toOpenApi30(schema), { properties: { a: {}, b: { type: "string" } } });
});
