import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv-draft-04";
import { irisSignature } from "../../../test/support/iris.js";
import { namesOf } from "../names.js";
import { type Spec, specDefaults } from "../spec.js";
import { openApi } from "./document.js";
import { requestSchema } from "./request-schema.js";

const place = { account: "000000000000", region: "us-east-1", partition: "aws" };
const spec: Spec = { name: "iris", ...specDefaults };
const words = { callerErrorPrefix: "[400] " };

function apiOf(changes: Partial<Spec> = {}, signature = irisSignature) {
  return openApi({ ...spec, ...changes }, signature, namesOf("iris", place), place, words);
}

const houses = {
  ...irisSignature,
  named: true,
  features: [
    { name: "area", kind: "number", missing: true },
    { name: "city", kind: "category", missing: false, categories: ["Bern", "Zug"] },
  ],
} as const;

const mails = { ...irisSignature, features: [{ name: "text", kind: "text", missing: false }] } as const;

// Whether the body fits the model, and whether API Gateway lets it through to the function, which says where a value is wrong.
for (const [name, signature, body, fits, passes] of [
  ["the tutorial's request", irisSignature, { values: [[5.9, 3.0, 5.1, 2.3]] }, true, true],
  [
    "many rows and a method",
    irisSignature,
    {
      values: [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      method: "predict_proba",
    },
    true,
    true,
  ],
  ["a body without values", irisSignature, {}, false, false],
  ["no row", irisSignature, { values: [] }, false, true],
  ["a row that is too short", irisSignature, { values: [[1, 2, 3]] }, false, true],
  ["a row that is too long", irisSignature, { values: [[1, 2, 3, 4, 5]] }, false, true],
  ["a text for a number", irisSignature, { values: [[1, 2, 3, "4"]] }, false, true],
  ["a missing value where none is taken", irisSignature, { values: [[1, 2, 3, null]] }, false, true],
  ["a method that the model lacks", irisSignature, { values: [[1, 2, 3, 4]], method: "transform" }, false, false],
  ["a row as an object where names are unknown", irisSignature, { values: [{ x0: 1 }] }, false, true],
  ["a document for each row", mails, { values: ["free prize", "lunch"] }, true, true],
  ["a document in a list", mails, { values: [["free prize"]] }, false, true],
  ["values that are no list", irisSignature, { values: 1 }, false, false],
  ["a row of columns of several kinds", houses, { values: [[81.5, "Bern"]] }, true, true],
  ["a missing value where one is taken", houses, { values: [[null, "Bern"]] }, true, true],
  ["a row by name", houses, { values: [{ area: 81.5, city: "Bern" }] }, true, true],
  ["a row by name with a missing value", houses, { values: [{ area: null, city: "Bern" }] }, true, true],
  ["a row by name without a column", houses, { values: [{ city: "Bern" }] }, false, true],
  ["a text for a number beside texts", houses, { values: [["81.5", "Bern"]] }, false, true],
] as const) {
  test(`a request with ${name} ${fits ? "fits" : "does not fit"} the document and ${passes ? "passes" : "is refused by"} the gateway`, () => {
    const { requestModel } = apiOf({}, signature);

    assert.equal(accepts(requestSchema(signature), body), fits);
    assert.equal(accepts(JSON.parse(requestModel.schema), body), passes);
  });
}

function accepts(schema: object, body: unknown): boolean {
  return new Ajv.default({ strictTypes: false, strictTuples: false, strictRequired: false }).compile(schema)(body);
}

for (const [message, status] of [
  ["", "200"],
  ["[400] Row 1 has 3 values, expected 4", "400"],
  ["[400] first line\nsecond line: Task timed out after 3.00 seconds", "400"],
  ["RequestId: 1-2 Error: Task timed out after 3.00 seconds", "504"],
  ["2026-01-01T00:00:00Z 1-2 Task timed out after 3.00 seconds", "504"],
  ["[500] Internal server error", "500"],
  ["RequestId: 1-2 Error: Runtime exited with error: signal: killed\n", "500"],
] as const) {
  test(`an error message of the function becomes ${status}: ${JSON.stringify(message)}`, () => {
    const { responses } = JSON.parse(apiOf().document).paths["/predict"].post["x-amazon-apigateway-integration"];
    const { default: otherwise, ...patterns } = responses as Record<string, { statusCode: string }>;

    const matching = Object.entries(patterns).filter(([pattern]) => new RegExp(`^(?:${pattern})$`).test(message));

    assert.ok(matching.length <= 1, "no message matches two patterns");
    assert.equal((matching[0]?.[1] ?? otherwise)?.statusCode, status);
  });
}

test("the route calls the alias that its stage names", () => {
  const integration = JSON.parse(apiOf().document).paths["/predict"].post["x-amazon-apigateway-integration"];

  assert.equal(
    integration.uri,
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" +
      // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own placeholder
      "arn:aws:lambda:us-east-1:000000000000:function:iris:${stageVariables.alias}/invocations",
  );
});

test("a CORS origin adds a pre-flight answer, and its header to every answer", () => {
  const plain = JSON.parse(apiOf().document);
  const cors = JSON.parse(apiOf({ corsOrigin: "https://example.com" }).document);

  assert.equal(plain.paths["/predict"].options, undefined);
  const answers = Object.values(cors.paths["/predict"].post["x-amazon-apigateway-integration"].responses);
  assert.equal(answers.length, 4);
  for (const answer of answers as { responseParameters: Record<string, string> }[]) {
    assert.deepEqual(Object.values(answer.responseParameters), ["'https://example.com'"]);
  }
  assert.ok(cors.paths["/predict"].options);
});

test("the document says what the model is and shows a request that the model takes", () => {
  const { document } = apiOf();
  const { info, paths } = JSON.parse(document);

  assert.equal(info.description, "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes");
  const { example } = paths["/predict"].post.requestBody.content["application/json"];
  assert.equal(accepts(requestSchema(irisSignature), example), true);
});
