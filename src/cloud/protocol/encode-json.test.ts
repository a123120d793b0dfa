import assert from "node:assert/strict";
import { test } from "node:test";
import { loadServiceModel } from "./catalog.js";
import { encodeJson } from "./encode-json.js";

const [ecr, apigateway] = [await loadServiceModel("ecr"), await loadServiceModel("apigateway")];
const createRepository = ecr.operations.get("CreateRepository")!.output;

test("encodes timestamps in seconds and omits undefined members", () => {
  const repository = { repositoryName: "a", createdAt: new Date(1_700_000_000_500), repositoryUri: undefined };

  assert.deepEqual(encodeJson(createRepository, { repository }), {
    repository: { repositoryName: "a", createdAt: 1_700_000_000.5 },
  });
});

test("uses the JSON name of a member", () => {
  const { output } = apigateway.operations.get("GetRestApis")!;

  assert.deepEqual(encodeJson(output, { items: [{ id: "a1", tags: { k: "v" } }] }), {
    item: [{ id: "a1", tags: { k: "v" } }],
  });
});

test("a null value of a map is encoded as null", () => {
  const { output } = apigateway.operations.get("GetIntegration")!;

  assert.deepEqual(encodeJson(output, { requestTemplates: { "application/json": null, "text/plain": undefined } }), {
    requestTemplates: { "application/json": null },
  });
});

for (const [name, output, message] of [
  [
    "a member that the shape does not have",
    { repository: { name: "a" } },
    "output.repository.name is not a member of Repository",
  ],
  [
    "a number for a string",
    { repository: { repositoryName: 1 } },
    "output.repository.repositoryName must be a string, not 1",
  ],
  [
    "a string for a timestamp",
    { repository: { createdAt: "today" } },
    'output.repository.createdAt must be a timestamp, not "today"',
  ],
  ["a string for a structure", { repository: "a" }, "output.repository must be an object"],
] as const) {
  test(`throws a TypeError for ${name}`, () => {
    assert.throws(() => encodeJson(createRepository, output), { name: "TypeError", message });
  });
}
