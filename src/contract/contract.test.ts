import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { irisSignature } from "../../test/support/iris.js";
import type { Signature } from "../model/index.js";
import { openApiDocument } from "./index.js";
import { describeModel, exampleRequest } from "./overview.js";
import { requestSchema } from "./request-schema.js";

const houses: Signature = {
  ...irisSignature,
  named: true,
  features: [
    { name: "area", kind: "number", missing: true },
    { name: "city", kind: "category", missing: false, categories: ["Bern", "Zug"] },
  ],
};
const mails: Signature = { ...irisSignature, features: [{ name: "text", kind: "text", missing: false }] };
const dictionaries: Signature = { ...irisSignature, features: [{ name: "row", kind: "json", missing: false }] };
const anyColumns: Signature = { ...irisSignature, features: [] };

function validator(schema: object) {
  const ajv = new Ajv.default({ strictTypes: false, strictTuples: false, strictRequired: false });
  return ajv.addVocabulary(["components"]).compile(schema);
}

for (const [name, signature, body, isValid] of [
  ["the tutorial's request", irisSignature, { values: [[5.9, 3.0, 5.1, 2.3]] }, true],
  ["a method of the model", irisSignature, { values: [[1, 2, 3, 4]], method: "predict_proba" }, true],
  ["a method that the model does not have", irisSignature, { values: [[1, 2, 3, 4]], method: "transform" }, false],
  ["no values", irisSignature, {}, false],
  ["no rows", irisSignature, { values: [] }, false],
  ["a row that is too short", irisSignature, { values: [[1, 2, 3]] }, false],
  ["a row that is too long", irisSignature, { values: [[1, 2, 3, 4, 5]] }, false],
  ["a string in a number column", irisSignature, { values: [[1, 2, 3, "4"]] }, false],
  ["a boolean in a number column", irisSignature, { values: [[1, 2, 3, true]] }, true],
  ["a missing value in a column without missing values", irisSignature, { values: [[1, 2, 3, null]] }, false],
  ["columns of several types", houses, { values: [[81.5, "Bern"]] }, true],
  ["columns of several types in the wrong order", houses, { values: [["Bern", 81.5]] }, false],
  ["a missing value in a column with missing values", houses, { values: [[null, "Bern"]] }, true],
  ["a row by column name", houses, { values: [{ area: 81.5, city: "Bern" }] }, true],
  ["a row by column name without a column", houses, { values: [{ city: "Bern" }] }, false],
  ["one document a row", mails, { values: ["free prize", "lunch"] }, true],
  ["an object a row", dictionaries, { values: [{ a: 1 }] }, true],
  ["any number of columns", anyColumns, { values: [[1, "a", null]] }, true],
] as const) {
  test(`the request schema ${isValid ? "accepts" : "rejects"} ${name}`, () => {
    assert.equal(validator(requestSchema(signature))(body), isValid);
  });
}

for (const [name, signature] of Object.entries({ irisSignature, houses, mails, anyColumns })) {
  test(`the OpenAPI document of ${name} is version 3.1 with JSON Schema 2020-12, and its example is valid`, () => {
    const document = openApiDocument({ title: "iris", route: "/predict" }, { kind: "model", signature });

    assert.equal(document.openapi, "3.1.0");
    const post = document.paths["/predict"]?.post ?? assert.fail("The route is missing");
    const { schemas } = document.components;
    // Every schema is valid by the 2020-12 meta-schema, which Ajv checks, and every reference resolves.
    for (const schema of Object.values(schemas)) validator({ ...schema, components: document.components });
    const contents = [post.requestBody.content, ...Object.values(post.responses).map(({ content }) => content)];
    for (const { "application/json": media } of contents) {
      assert.ok(Object.keys(schemas).some((schema) => media.schema.$ref === `#/components/schemas/${schema}`));
    }
    assert.equal(validator(schemas.Request)(post.requestBody.content["application/json"].example), true);
  });
}

test("describes a model with its library, inputs and classes", () => {
  assert.equal(describeModel(irisSignature), "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes");
  assert.equal(describeModel({ ...mails, libraries: {} }), "sklearn.svm.SVC, 1 feature, 3 classes");
});

for (const [name, signature, values] of [
  ["zeros for numbers", irisSignature, [[0, 0, 0, 0]]],
  ["a category that the file records", houses, [[0, "Bern"]]],
  ["a document", mails, ["text"]],
] as const) {
  test(`the example request has ${name}`, () => {
    assert.deepEqual(exampleRequest(signature), { values });
  });
}
