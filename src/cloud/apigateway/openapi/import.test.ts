import assert from "node:assert/strict";
import { test } from "node:test";
import { functionUri, startApiGateway } from "../../../../test/support/apigateway.js";

/** An API with a validated POST to a function, whose errors are mapped by their messages. */
const iris = {
  openapi: "3.0.1",
  info: { title: "iris", version: "1", description: "Predicts" },
  servers: [{ url: "https://example.com/v1/api" }],
  paths: {
    "/predict": {
      post: {
        operationId: "predict",
        parameters: [{ name: "x-caller", in: "header", required: true, schema: { type: "string" } }],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Rows" } } } },
        responses: {
          "200": {
            description: "predictions",
            headers: { "Access-Control-Allow-Origin": { schema: { type: "string" } } },
            content: { "application/json": { schema: { type: "array", items: { type: "number" } } } },
          },
          "400": { description: "bad input" },
        },
        "x-amazon-apigateway-integration": {
          type: "aws",
          httpMethod: "POST",
          uri: functionUri,
          passthroughBehavior: "when_no_templates",
          responses: {
            default: {
              statusCode: "200",
              responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
            },
            "BadRequest: (\\n|.)*": {
              statusCode: "400",
              responseTemplates: { "application/json": '{"message": $input.json("$.errorMessage")}' },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Row: { type: "array", items: { type: "number" }, minItems: 4, example: [1, 2, 3, 4] },
      Rows: {
        type: "object",
        required: ["values"],
        properties: { values: { type: "array", items: { $ref: "#/components/schemas/Row" } } },
      },
    },
  },
  "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true, validateRequestParameters: true } },
  "x-amazon-apigateway-request-validator": "all",
  "x-amazon-apigateway-gateway-responses": {
    BAD_REQUEST_BODY: {
      statusCode: 422,
      responseTemplates: { "application/json": '{"why": "$context.error.validationErrorString"}' },
    },
  },
};

const bytes = (document: unknown) => Buffer.from(JSON.stringify(document));

test("imports an API that validates, invokes and maps as its OpenAPI document says", async (t) => {
  const { send, invoke } = startApiGateway(t, { run: () => [2] });
  const { id: restApiId = "", name, description } = await send("ImportRestApi", { body: bytes(iris) });
  await send("CreateDeployment", { restApiId, stageName: "dev" });
  const ok = { "content-type": "application/json", "x-caller": "me" };

  const good = await invoke(restApiId, "POST /predict", { body: '{"values": [[5.9, 3, 5.1, 2.3]]}', headers: ok });
  const bad = await invoke(restApiId, "POST /predict", { body: '{"value": 1}', headers: ok });
  const withoutHeader = await invoke(restApiId, "POST /predict", { body: '{"values": []}' });

  assert.deepEqual([name, description], ["iris", "Predicts"]);
  assert.deepEqual([good.status, good.body, good.headers["access-control-allow-origin"]], [200, "[2]", "*"]);
  assert.deepEqual(
    [bad.status, bad.body],
    [422, '{"why": "[object has missing required properties ([\\"values\\"])]"}'],
  );
  assert.deepEqual(
    [withoutHeader.status, withoutHeader.body],
    [400, '{"message":"Missing required request parameters: [x-caller]"}'],
  );
});

test("drops the keywords that API Gateway drops, and makes references name the API's models", async (t) => {
  const { send } = startApiGateway(t);
  const { id: restApiId = "" } = await send("ImportRestApi", { body: bytes(iris) });

  const row = await send("GetModel", { restApiId, modelName: "Row" });
  const rows = await send("GetModel", { restApiId, modelName: "Rows" });

  assert.deepEqual(JSON.parse(row.schema ?? ""), { type: "array", items: { type: "number" } });
  assert.match(rows.schema ?? "", new RegExp(`https://apigateway.amazonaws.com/restapis/${restApiId}/models/Row`));
});

test("imports its own export as the same API", async (t) => {
  const { send } = startApiGateway(t);
  const { id: first = "" } = await send("ImportRestApi", { body: bytes(iris) });
  await send("CreateDeployment", { restApiId: first, stageName: "dev" });
  const exportOf = (restApiId: string) =>
    send("GetExport", { restApiId, stageName: "dev", exportType: "oas30", parameters: { extensions: "apigateway" } });

  const exported = await exportOf(first);
  const { id: second = "" } = await send("ImportRestApi", { body: exported.body ?? new Uint8Array(0) });
  await send("CreateDeployment", { restApiId: second, stageName: "dev" });
  const again = await exportOf(second);

  const text = (body: Uint8Array | undefined) => Buffer.from(body ?? "").toString();
  assert.equal(text(again.body).replaceAll(second, first), text(exported.body));
});

test("imports empty templates as null, and exports null", async (t) => {
  const { send } = startApiGateway(t);
  const integration = {
    type: "mock",
    requestTemplates: { "application/json": "", "text/plain": null },
    responses: { default: { statusCode: "200", responseTemplates: { "application/json": "" } } },
  };
  const paths = { "/x": { get: { "x-amazon-apigateway-integration": integration } } };

  const { id: restApiId = "" } = await send("ImportRestApi", {
    body: bytes({ openapi: "3.0.1", info: { title: "x" }, paths }),
  });
  const { items = [] } = await send("GetResources", { restApiId, embed: ["methods"] });
  await send("CreateDeployment", { restApiId, stageName: "dev" });
  const parameters = { extensions: "integrations" };
  const { body } = await send("GetExport", { restApiId, stageName: "dev", exportType: "oas30", parameters });

  const imported = items.at(-1)?.resourceMethods?.GET?.methodIntegration;
  const exported = JSON.parse(Buffer.from(body ?? "").toString()).paths["/x"].get["x-amazon-apigateway-integration"];
  assert.deepEqual(imported?.requestTemplates, { "application/json": null, "text/plain": null });
  assert.deepEqual(imported?.integrationResponses?.["200"]?.responseTemplates, { "application/json": null });
  assert.deepEqual(exported.requestTemplates, { "application/json": null, "text/plain": null });
  assert.deepEqual(exported.responses.default.responseTemplates, { "application/json": null });
});

test("imports Swagger 2.0", async (t) => {
  const { send } = startApiGateway(t);
  const document = {
    swagger: "2.0",
    info: { title: "pets", version: "1" },
    basePath: "/v1",
    paths: {
      "/pets/{petId}": {
        parameters: [{ name: "petId", in: "path", required: true, type: "string" }],
        put: {
          consumes: ["application/json"],
          parameters: [{ name: "Pet", in: "body", schema: { $ref: "#/definitions/Pet" } }],
          responses: { "200": { description: "ok", schema: { $ref: "#/definitions/Pet" } } },
          "x-amazon-apigateway-integration": {
            type: "mock",
            requestTemplates: { "application/json": '{"statusCode": 200}' },
          },
        },
      },
    },
    definitions: { Pet: { type: "object" } },
  };

  const { id: restApiId = "" } = await send("ImportRestApi", {
    body: bytes(document),
    parameters: { basepath: "prepend", endpointConfigurationTypes: "REGIONAL" },
  });
  const { items = [] } = await send("GetResources", { restApiId, embed: ["methods"] });

  assert.deepEqual(
    items.map(({ path }) => path),
    ["/", "/v1", "/v1/pets", "/v1/pets/{petId}"],
  );
  const method = items.at(-1)?.resourceMethods?.PUT;
  assert.deepEqual(method?.requestParameters, { "method.request.path.petId": true });
  assert.deepEqual(method?.requestModels, { "application/json": "Pet" });
  assert.deepEqual(method?.methodResponses?.["200"]?.responseModels, { "application/json": "Pet" });
});

test("PutRestApi merges or overwrites, and resources that remain keep their ids", async (t) => {
  const { send } = startApiGateway(t);
  const { id: restApiId = "", rootResourceId = "" } = await send("ImportRestApi", { body: bytes(iris) });
  const other = {
    openapi: "3.0.1",
    info: { title: "iris2", version: "2" },
    paths: { "/health": { get: { "x-amazon-apigateway-integration": { type: "mock" } } } },
  };
  const paths = async () => (await send("GetResources", { restApiId })).items?.map(({ path, id }) => [path, id]) ?? [];
  const before = await paths();

  await send("PutRestApi", { restApiId, body: bytes(other) });
  const merged = await paths();
  await send("PutRestApi", { restApiId, mode: "overwrite", body: bytes(other) });
  const overwritten = await paths();

  assert.deepEqual(
    merged.filter(([path]) => path !== "/health"),
    before,
  );
  assert.deepEqual(
    overwritten.map(([path]) => path),
    ["/", "/health"],
  );
  assert.deepEqual(overwritten[0], ["/", rootResourceId]);
  assert.deepEqual(overwritten[1], merged[1]);
});

test("imports only the models of the document, and adds its binary media types to those of the API", async (t) => {
  const { send } = startApiGateway(t);
  const document = (binaryMediaType: string) =>
    bytes({ openapi: "3.0.1", info: { title: "x" }, "x-amazon-apigateway-binary-media-types": [binaryMediaType] });

  const { id: restApiId = "" } = await send("ImportRestApi", { body: document("image/png") });
  const merged = await send("PutRestApi", { restApiId, mode: "merge", body: document("image/gif") });
  const overwritten = await send("PutRestApi", { restApiId, mode: "overwrite", body: document("image/gif") });

  assert.deepEqual((await send("GetModels", { restApiId })).items, []);
  assert.deepEqual(merged.binaryMediaTypes, ["image/png", "image/gif"]);
  assert.deepEqual(overwritten.binaryMediaTypes, ["image/gif"]);
});

test("names an exported document by its format and version", async (t) => {
  const { send } = startApiGateway(t);
  const { id: restApiId = "" } = await send("ImportRestApi", { body: bytes(iris) });
  await send("CreateDeployment", { restApiId, stageName: "dev" });

  const exported = await send("GetExport", { restApiId, stageName: "dev", exportType: "swagger" });

  assert.equal(exported.contentType, "application/octet-stream");
  assert.equal(exported.contentDisposition, 'attachment; filename="swagger_1.json"');
});

for (const [name, document, message] of [
  ["YAML", "openapi: 3.0.1\n", /imports JSON documents only/],
  ["a document that is not OpenAPI", "{}", /neither `swagger: 2.0` nor `openapi: 3.x`/],
  ["truncated JSON", '{"openapi":', /Unable to parse API definition/],
  [
    "an integration with an invalid ARN",
    JSON.stringify({
      openapi: "3.0.1",
      info: { title: "x", version: "1" },
      paths: {
        "/x": { get: { "x-amazon-apigateway-integration": { type: "aws", httpMethod: "POST", uri: "nonsense" } } },
      },
    }),
    /Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '\/x': Invalid ARN specified/,
  ],
  [
    "a model name with a dash",
    JSON.stringify({ openapi: "3.0.1", info: { title: "x" }, components: { schemas: { "a-b": {} } } }),
    /Unable to create model 'a-b': Model name must be alphanumeric/,
  ],
  [
    "an authorizer, because authorizers are not implemented",
    JSON.stringify({
      openapi: "3.0.1",
      info: { title: "x" },
      paths: { "/x": { get: { security: [{ a: [] }] } } },
      components: { securitySchemes: { a: { type: "apiKey", "x-amazon-apigateway-authorizer": { type: "token" } } } },
    }),
    /Unable to put method 'GET' on resource at path '\/x': Invalid authorizer ID specified/,
  ],
] as const) {
  test(`rejects ${name}`, async (t) => {
    const { send } = startApiGateway(t);

    await assert.rejects(send("ImportRestApi", { body: Buffer.from(document) }), {
      code: "BadRequestException",
      message,
    });
  });
}

test("returns warnings, and rejects them with failOnWarnings", async (t) => {
  const { send } = startApiGateway(t);
  const document = {
    openapi: "3.0.1",
    info: { title: "x" },
    paths: { "/x": { get: { parameters: [{ name: "c", in: "cookie" }] } } },
  };

  const { warnings } = await send("ImportRestApi", { body: bytes(document) });

  assert.deepEqual(warnings, ["Unsupported parameter location 'cookie' of 'c' is ignored"]);
  await assert.rejects(send("ImportRestApi", { body: bytes(document), failOnWarnings: true }), {
    message: /^Warnings found during import:\n\tUnsupported parameter location/,
  });
});
