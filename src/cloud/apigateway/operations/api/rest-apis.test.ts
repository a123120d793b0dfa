import assert from "node:assert/strict";
import { test } from "node:test";
import { startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("creates an API with a root resource, two models and AWS's default settings", async (t) => {
  const { send } = startApiGateway(t);

  const api = await send("CreateRestApi", { name: "iris", tags: { a: "b" } });
  const { items: resources } = await send("GetResources", { restApiId: api.id ?? "" });
  const { items: models = [] } = await send("GetModels", { restApiId: api.id ?? "" });

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
  const { send, gateway } = startApiGateway(t);
  for (const name of ["a", "b", "c"]) await send("CreateRestApi", { name });

  const first = await send("GetRestApis", { limit: 2 });
  const rest = await send("GetRestApis", { limit: 2, position: first.position });
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
  await assert.rejects(send("GetRestApis", { position: "nonsense" }), { code: "BadRequestException" });
});

test("applies all operations of a patch to an API, or none", async (t) => {
  const { send } = startApiGateway(t);
  const { id: restApiId = "" } = await send("CreateRestApi", { name: "a", description: "d" });

  const added = await send("UpdateRestApi", {
    restApiId,
    patchOperations: [
      { op: "add", path: "/binaryMediaTypes/image~1png" },
      { op: "add", path: "/binaryMediaTypes/image~1jpeg" },
      { op: "replace", path: "/name", value: "b" },
    ],
  });
  const replaced = await send("UpdateRestApi", {
    restApiId,
    patchOperations: [
      { op: "replace", path: "/binaryMediaTypes/image~1png", value: "image/gif" },
      { op: "remove", path: "/description" },
    ],
  });
  await assert.rejects(
    send("UpdateRestApi", {
      restApiId,
      patchOperations: [
        { op: "replace", path: "/name", value: "c" },
        { op: "replace", path: "/none" },
      ],
    }),
    { message: "Invalid patch path /none" },
  );
  const { name } = await send("GetRestApi", { restApiId });

  assert.deepEqual([added.name, added.binaryMediaTypes], ["b", ["image/png", "image/jpeg"]]);
  assert.deepEqual([replaced.description, replaced.binaryMediaTypes], [undefined, ["image/jpeg", "image/gif"]]);
  assert.equal(name, "b");
});

test("returns tags of a single API, also when it has none", async (t) => {
  const { send } = startApiGateway(t);
  const created = await send("CreateRestApi", { name: "a" });
  const restApiId = created.id ?? "";

  const { items = [] } = await send("GetRestApis", {});
  const found = await send("GetRestApi", { restApiId });
  const updated = await send("UpdateRestApi", { restApiId, patchOperations: [] });

  assert.deepEqual(
    [created, ...items, found, updated].map(({ tags }) => tags),
    [undefined, undefined, {}, {}],
  );
});

test("returns a resource policy with escaped quotes", async (t) => {
  const { send } = startApiGateway(t);

  const { policy } = await send("CreateRestApi", { name: "a", policy: '{"Version":"2012-10-17"}' });

  assert.equal(policy, String.raw`{\"Version\":\"2012-10-17\"}`);
});

testRejections([
  [
    "an unknown API id",
    ({ send }) => send("GetRestApi", { restApiId: "none" }),
    "NotFoundException",
    "Invalid API identifier specified 000000000000:none",
  ],
  [
    "an empty description",
    ({ send }) => send("CreateRestApi", { name: "x", description: "" }),
    "BadRequestException",
    "Description cannot be an empty string",
  ],
  [
    "two endpoint types",
    ({ send }) => send("CreateRestApi", { name: "x", endpointConfiguration: { types: ["EDGE", "REGIONAL"] } }),
    "BadRequestException",
    "Cannot create an api with multiple Endpoint Types.",
  ],
  [
    "a negative compression size",
    ({ send }) => send("CreateRestApi", { name: "x", minimumCompressionSize: -1 }),
    "BadRequestException",
    "Invalid minimum compression size, must be between 0 and 10485760",
  ],
]);
