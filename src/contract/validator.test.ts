// The documents, judged by a validator that knows nothing of Tepal.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { irisSignature } from "../../test/support/iris.js";
import type { Signature } from "../model/index.js";
import { type ApiSubject, apiKeyScheme, openApiDocument } from "./index.js";

const houses: Signature = {
  ...irisSignature,
  named: true,
  classes: ["cheap", "dear"],
  features: [
    { name: "area", kind: "number", missing: true },
    { name: "city", kind: "category", missing: false, categories: ["Bern", "Zug", null] },
  ],
  methods: [
    { name: "predict", output: { kind: "label" } },
    { name: "predict_proba", output: { kind: "number", columns: 2 } },
    { name: "decision_function", output: { kind: "number" } },
    { name: "transform", output: { kind: "number", columns: "any" } },
  ],
};
const security = { schemes: { api_key: apiKeyScheme }, requirement: { api_key: [] } };

for (const [name, subject] of [
  ["a model of numbers", { kind: "model", signature: irisSignature }],
  ["a model of named columns", { kind: "model", signature: houses }],
  ["a model without columns", { kind: "model", signature: { ...irisSignature, features: [] } }],
  ["code", { kind: "code", description: "image c:v1" }],
] as const satisfies readonly (readonly [string, ApiSubject])[]) {
  test(`a validator accepts the document of ${name}`, async () => {
    const document = openApiDocument({ title: "api", route: "/predict", server: ".", security }, subject);

    const { valid, errors } = await new Validator().validate({ ...document });

    assert.ok(valid, JSON.stringify(errors));
  });
}

test("the document shows categories as examples and missing values as null", () => {
  const { Request } = openApiDocument({ title: "api", route: "/p" }, { kind: "model", signature: houses }).components
    .schemas;
  const text = JSON.stringify(Request);

  assert.match(text, /"city":\{"type":\["string","number","boolean"\],"examples":\["Bern","Zug"\]\}/);
  assert.match(text, /"area":\{"type":\["number","boolean","null"\]\}/);
});
