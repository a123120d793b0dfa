import assert from "node:assert/strict";
import { test } from "node:test";
import { startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("creates an API with a root resource, two models and AWS's default settings", async (t) => {
  const { ask } = startApiGateway(t);

  const api = await ask("CreateRestApi", { name: "iris", tags: { a: "b" } });
  const { items: resources } = await ask("GetResources", { restApiId: api.id ?? "" });
  const { items: models = [] } = await ask("GetModels", { restApiId: api.id ?? "" });

  assert.match(api.id ?? "", /^[a-z0-9]{10}$/);
  assert.deepEqual(
    { ...api, id: undefined, createdDate: undefined },
    {
      id: undefined,
      createdDate: undefined,
      name: "iris",
      description: undefined,
      version: undefined,
      binaryMediaTypes: undefined,
      minimumCompressionSize: undefined,
      apiKeySource: "HEADER",
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
      policy: undefined,
      tags: { a: "b" },
      disableExecuteApiEndpoint: false,
      rootResourceId: api.rootResourceId,
    },
  );
  assert.deepEqual(
    resources?.map(({ id, path }) => [id, path]),
    [[api.rootResourceId, "/"]],
  );
  assert.deepEqual(
    models.map(({ name }) => name),
    ["Empty", "Error"],
  );
});

test("lists the APIs of one account and region, in pages", async (t) => {
  const { ask, gateway } = startApiGateway(t);
  for (const name of ["a", "b", "c"]) await ask("CreateRestApi", { name });

  const first = await ask("GetRestApis", { limit: 2 });
  const rest = await ask("GetRestApis", { limit: 2, position: first.position });
  const list = gateway.service.operations.GetRestApis;
  const otherAccount = list?.({}, gateway.service.state, {
    account: "111111111111",
    region: "us-east-1",
    requestId: "r",
    accessKeyId: undefined,
    host: "",
  });

  assert.deepEqual([first.items?.length, rest.items?.length, rest.position], [2, 1, undefined]);
  assert.deepEqual(await otherAccount, { items: [], position: undefined });
  await assert.rejects(ask("GetRestApis", { position: "nonsense" }), { code: "BadRequestException" });
});

test("applies all operations of a patch to an API, or none", async (t) => {
  const { ask } = startApiGateway(t);
  const { id: restApiId = "" } = await ask("CreateRestApi", { name: "a", description: "d" });

  const added = await ask("UpdateRestApi", {
    restApiId,
    patchOperations: [
      { op: "add", path: "/binaryMediaTypes/image~1png" },
      { op: "add", path: "/binaryMediaTypes/image~1jpeg" },
      { op: "replace", path: "/name", value: "b" },
    ],
  });
  const replaced = await ask("UpdateRestApi", {
    restApiId,
    patchOperations: [
      { op: "replace", path: "/binaryMediaTypes/image~1png", value: "image/gif" },
      { op: "remove", path: "/description" },
    ],
  });
  await assert.rejects(
    ask("UpdateRestApi", {
      restApiId,
      patchOperations: [
        { op: "replace", path: "/name", value: "c" },
        { op: "replace", path: "/none" },
      ],
    }),
    { message: "Invalid patch path /none" },
  );
  const { name } = await ask("GetRestApi", { restApiId });

  assert.deepEqual([added.name, added.binaryMediaTypes], ["b", ["image/png", "image/jpeg"]]);
  assert.deepEqual([replaced.description, replaced.binaryMediaTypes], [undefined, ["image/jpeg", "image/gif"]]);
  assert.equal(name, "b");
});

test("returns tags of a single API, also when it has none", async (t) => {
  const { ask } = startApiGateway(t);
  const created = await ask("CreateRestApi", { name: "a" });
  const restApiId = created.id ?? "";

  const { items = [] } = await ask("GetRestApis", {});
  const found = await ask("GetRestApi", { restApiId });
  const updated = await ask("UpdateRestApi", { restApiId, patchOperations: [] });

  assert.deepEqual(
    [created, ...items, found, updated].map(({ tags }) => tags),
    [undefined, undefined, {}, {}],
  );
});

test("returns a resource policy with escaped quotes", async (t) => {
  const { ask } = startApiGateway(t);

  const { policy } = await ask("CreateRestApi", { name: "a", policy: '{"Version":"2012-10-17"}' });

  assert.equal(policy, String.raw`{\"Version\":\"2012-10-17\"}`);
});

testRejections([
  [
    "an unknown API id",
    ({ ask }) => ask("GetRestApi", { restApiId: "none" }),
    "NotFoundException",
    "Invalid API identifier specified 000000000000:none",
  ],
  [
    "an empty description",
    ({ ask }) => ask("CreateRestApi", { name: "x", description: "" }),
    "BadRequestException",
    "Description cannot be an empty string",
  ],
  [
    "two endpoint types",
    ({ ask }) => ask("CreateRestApi", { name: "x", endpointConfiguration: { types: ["EDGE", "REGIONAL"] } }),
    "BadRequestException",
    "Cannot create an api with multiple Endpoint Types.",
  ],
  [
    "a negative compression size",
    ({ ask }) => ask("CreateRestApi", { name: "x", minimumCompressionSize: -1 }),
    "BadRequestException",
    "Invalid minimum compression size, must be between 0 and 10485760",
  ],
]);
