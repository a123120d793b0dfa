import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { startApiGateway } from "../../../../test/support/apigateway.js";

const mock = { "x-amazon-apigateway-integration": { type: "mock" } };
const resourcesMessage =
  "Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.";
const sharedMessage =
  "A model or an operation of the API definition is too large when everything behind its references is counted each time";

function entries(count: number, entryAt: (index: number) => [string, unknown]): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => entryAt(index)));
}

function documentWith(members: object): Buffer {
  return Buffer.from(JSON.stringify({ openapi: "3.0.1", info: { title: "x", version: "1" }, ...members }));
}

/** A path item for each of 300 resources, all of which refer to the same component. */
const sharing = (item: object) => entries(300, (index) => [`/p${index}`, item]);

for (const [name, members, code, message] of [
  [
    "3,000 paths",
    { paths: entries(3000, (index) => [`/p${index}`, { get: mock }]) },
    "LimitExceededException",
    resourcesMessage,
  ],
  [
    "a path of 5,000 segments",
    { paths: { [`${"/a".repeat(5000)}`]: { get: mock } } },
    "LimitExceededException",
    resourcesMessage,
  ],
  [
    "a path that no URL can have",
    { paths: { [`/${"a".repeat(11_000)}`]: { get: mock } } },
    "BadRequestException",
    /Resource path is longer than 10240 characters/,
  ],
  [
    "a base path that no URL can have",
    { swagger: "2.0", openapi: undefined, basePath: "/a".repeat(6000) },
    "BadRequestException",
    "Base path is longer than 10240 characters",
  ],
  [
    "a model of 500 KB",
    { components: { schemas: { A: { type: "string", description: "a".repeat(500_000) } } } },
    "BadRequestException",
    /Unable to create model 'A': Model schema is 5000\d+ bytes, at most 409600 are allowed/,
  ],
  [
    "a schema with 100,000 properties",
    { components: { schemas: { A: { properties: entries(100_000, (index) => [`p${index}`, {}]) } } } },
    "BadRequestException",
    sharedMessage,
  ],
  [
    "operations that share 50,000 response headers",
    {
      components: { responses: { R: { headers: entries(50_000, (index) => [`h${index}`, {}]) } } },
      paths: sharing({ get: { ...mock, responses: { "200": { $ref: "#/components/responses/R" } } } }),
    },
    "BadRequestException",
    sharedMessage,
  ],
  [
    "operations that share a parameter with a name of 1 MB",
    {
      components: { parameters: { P: { name: "n".repeat(1_000_000), in: "query" } } },
      paths: sharing({ get: { ...mock, parameters: [{ $ref: "#/components/parameters/P" }] } }),
    },
    "BadRequestException",
    sharedMessage,
  ],
  [
    "operations that together cost too much",
    {
      "x-item": { get: { ...mock, parameters: Array.from({ length: 3000 }, (_, index) => ({ name: `q${index}` })) } },
      paths: sharing({ $ref: "#/x-item" }),
    },
    "BadRequestException",
    "API definition is too large when everything behind its references is counted each time",
  ],
] as const) {
  test(`rejects the import of ${name}`, async (t) => {
    const { send } = startApiGateway(t);

    await assert.rejects(send("ImportRestApi", { body: documentWith(members), parameters: { basepath: "prepend" } }), {
      code,
      message,
    });
    assert.deepEqual((await send("GetRestApis", {})).items, []);
  });
}

for (const [name, body] of [
  ["arrays", "[".repeat(3_000_000)],
  ["schemas", `{"openapi":"3.0.1","components":{"schemas":{"A":${'{"items":'.repeat(200)}{}${"}".repeat(204)}`],
] as const) {
  test(`rejects a document of deeply nested ${name}`, async (t) => {
    const { send } = startApiGateway(t);

    await assert.rejects(send("ImportRestApi", { body: Buffer.from(body) }), {
      code: "BadRequestException",
      message: "API definition is nested deeper than 100 levels",
    });
  });
}

test("accepts 300 resources, and rejects one more", async (t) => {
  const { send } = startApiGateway(t);
  const body = documentWith({ paths: sharing({ get: mock }) });

  const { id: restApiId = "", rootResourceId: parentId = "" } = await send("ImportRestApi", { body });

  await assert.rejects(send("CreateResource", { restApiId, parentId, pathPart: "x" }), {
    code: "LimitExceededException",
    status: 429,
    message: resourcesMessage,
  });
});

test("serves other requests while it imports a large document", async (t) => {
  const { send } = startApiGateway(t);
  const schema = { type: "object", properties: entries(50, (index) => [`p${index}`, { type: "string" }]) };
  const body = documentWith({ components: { schemas: entries(1000, (index) => [`S${index}`, schema]) } });
  let isDone = false;
  let turns = 0;

  const imported = send("ImportRestApi", { body }).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await setImmediate();
    turns++;
  }
  const { id: restApiId = "" } = await imported;

  // About 155 units of cost for each model, and a turn for others after every 5,000.
  assert.ok(turns >= 20, `${turns} turns`);
  assert.equal((await send("GetModels", { restApiId, limit: 500 })).items?.length, 500);
});

test("rejects an import over an API that was changed during the import", async (t) => {
  const { send } = startApiGateway(t);
  const { id: restApiId = "" } = await send("CreateRestApi", { name: "a" });
  const schemas = entries(1000, (index) => [`S${index}`, { properties: { a: {}, b: {}, c: {}, d: {}, e: {} } }]);

  const put = send("PutRestApi", { restApiId, body: documentWith({ components: { schemas } }) });
  await send("UpdateRestApi", { restApiId, patchOperations: [{ op: "replace", path: "/name", value: "b" }] });

  await assert.rejects(put, { code: "ConflictException", message: /concurrent modification/ });
  assert.equal((await send("GetRestApi", { restApiId })).name, "b");
});
