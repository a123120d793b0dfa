import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSpec, nameFromFile, type Spec, specDefaults } from "./spec.js";

const spec: Spec = { name: "iris", ...specDefaults };

for (const [fault, changes, message] of [
  ["a name in capitals", { name: "Iris" }, /^The name must be 2 to 40 lower-case letters.*; got "Iris"$/],
  ["a name of one letter", { name: "i" }, /name must be/],
  ["a name that is too long for a role", { name: "a".repeat(41) }, /name must be/],
  ["a name that ends in a hyphen", { name: "iris-" }, /name must be/],
  ["a name with two hyphens", { name: "iris--two" }, /name must be/],
  ["a stage that is a number", { stage: "1" }, /^The stage must be .* and not a number; got "1"$/],
  ["a stage with a dot", { stage: "v1.0" }, /stage must be/],
  ["a route without a slash", { route: "predict" }, /^The route must be a path/],
  ["a route with a parameter", { route: "/{id}" }, /route must be/],
  ["the root as route", { route: "/" }, /route must be/],
  ["a route that AWS reserves", { route: "/ping" }, /route must be/],
  ["too little memory", { memoryMb: 64 }, /^The memory in MB must be an integer from 128 to 10240; got "64"$/],
  ["a timeout of half a second", { timeoutSeconds: 0.5 }, /integer from 1 to 29/],
  ["a timeout longer than the API waits", { timeoutSeconds: 30 }, /integer from 1 to 29/],
  ["an origin with a path", { corsOrigin: "https://example.com/a" }, /CORS origin must be/],
  ["an origin with a quote", { corsOrigin: "https://a'b" }, /CORS origin must be/],
] as const) {
  test(`rejects ${fault}`, () => {
    assert.throws(() => checkSpec({ ...spec, ...changes }), { code: "spec-invalid", message });
  });
}

for (const changes of [
  {},
  { name: "a1", stage: "v1_test-2", route: "/v2/predict.json" },
  { corsOrigin: "*" },
  { corsOrigin: "http://localhost:3000" },
]) {
  test(`accepts a spec with ${JSON.stringify(changes)}`, () => {
    assert.deepEqual(checkSpec({ ...spec, ...changes }), { ...spec, ...changes });
  });
}

for (const [file, name] of [
  ["iris_model.sav", "iris-model"],
  ["My Model (2).joblib", "my-model-2"],
  ["2024-model.pkl", "model"],
  ["x.pkl", "model"],
  [`${"long".repeat(20)}.onnx`, "long".repeat(10)],
  ["模型.pkl", "model"],
] as const) {
  test(`names the deployment of ${file} ${name}`, () => {
    assert.equal(nameFromFile(file), name);
    checkSpec({ ...spec, name: nameFromFile(file) });
  });
}
