import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, functionUri, startApiGateway, type TestGateway } from "../../../../test/support/apigateway.js";

test("a new API has a root resource, two models and AWS's defaults", async (t) => {
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

test("APIs of accounts and regions never meet, and a list comes in pages", async (t) => {
  const { ask, gateway } = startApiGateway(t);
  for (const name of ["a", "b", "c"]) await ask("CreateRestApi", { name });

  const first = await ask("GetRestApis", { limit: 2 });
  const rest = await ask("GetRestApis", { limit: 2, position: first.position });
  const list = gateway.service.operations.GetRestApis;
  const elsewhere = list?.({}, gateway.service.state, {
    account: "111111111111",
    region: "us-east-1",
    requestId: "r",
    accessKeyId: undefined,
    host: "",
  });

  assert.deepEqual([first.items?.length, rest.items?.length, rest.position], [2, 1, undefined]);
  assert.deepEqual(await elsewhere, { items: [], position: undefined });
  await assert.rejects(ask("GetRestApis", { position: "nonsense" }), { code: "BadRequestException" });
});

/** What each operation is refused with; most of the messages were recorded against AWS between 2023 and 2025. */
const refusals: readonly (readonly [
  name: string,
  act: (
    gateway: TestGateway,
    ids: { restApiId: string; resourceId: string; rootResourceId: string },
  ) => Promise<unknown>,
  code: string,
  message: string,
])[] = [
  [
    "an API that is not there",
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
    "a compression size below 0",
    ({ ask }) => ask("CreateRestApi", { name: "x", minimumCompressionSize: -1 }),
    "BadRequestException",
    "Invalid minimum compression size, must be between 0 and 10485760",
  ],
  [
    "a resource in a resource that is not there",
    ({ ask }, { restApiId }) => ask("CreateResource", { restApiId, parentId: "constructor", pathPart: "x" }),
    "NotFoundException",
    "Invalid Resource identifier specified",
  ],
  [
    "a resource with a sibling of its name",
    ({ ask }, { restApiId, rootResourceId: parentId }) =>
      ask("CreateResource", { restApiId, parentId, pathPart: "predict" }),
    "ConflictException",
    "Another resource with the same parent already has this name: predict",
  ],
  [
    "a path part with a slash",
    ({ ask }, { restApiId, rootResourceId: parentId }) =>
      ask("CreateResource", { restApiId, parentId, pathPart: "a/b" }),
    "BadRequestException",
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
  ],
  [
    "a second variable",
    async ({ ask }, { restApiId, rootResourceId: parentId }) => {
      await ask("CreateResource", { restApiId, parentId, pathPart: "{proxy+}" });
      await ask("CreateResource", { restApiId, parentId, pathPart: "{id}" });
    },
    "BadRequestException",
    "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed",
  ],
  [
    "a child of a greedy variable",
    async ({ ask }, { restApiId, rootResourceId }) => {
      const { id = "" } = await ask("CreateResource", { restApiId, parentId: rootResourceId, pathPart: "{proxy+}" });
      await ask("CreateResource", { restApiId, parentId: id, pathPart: "x" });
    },
    "BadRequestException",
    "Cannot create a child of a resource with a greedy path variable: {proxy+}",
  ],
  [
    "an unknown path of a resource's patch",
    ({ ask }, name) => ask("UpdateResource", { ...name, patchOperations: [{ op: "replace", path: "/invalid" }] }),
    "BadRequestException",
    "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
  ],
  [
    "an operation that a resource's patch does not take",
    ({ ask }, name) => ask("UpdateResource", { ...name, patchOperations: [{ op: "remove", path: "/pathPart" }] }),
    "BadRequestException",
    "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
  ],
  [
    "a resource below itself",
    ({ ask }, name) =>
      ask("UpdateResource", {
        ...name,
        patchOperations: [{ op: "replace", path: "/parentId", value: name.resourceId }],
      }),
    "BadRequestException",
    "Resources cannot be cyclical.",
  ],
  [
    "a method that there is none of",
    ({ ask }, name) => ask("PutMethod", { ...name, httpMethod: "FETCH", authorizationType: "NONE" }),
    "BadRequestException",
    "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
  ],
  [
    "a method that is there",
    ({ ask }, name) => ask("PutMethod", { ...name, httpMethod: "POST", authorizationType: "NONE" }),
    "ConflictException",
    "Method already exists for this resource",
  ],
  [
    "an authorizer that is not there",
    ({ ask }, name) => ask("PutMethod", { ...name, httpMethod: "GET", authorizationType: "CUSTOM", authorizerId: "a" }),
    "BadRequestException",
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
  ],
  [
    "a model that is not there",
    ({ ask }, name) =>
      ask("PutMethod", {
        ...name,
        httpMethod: "GET",
        authorizationType: "NONE",
        requestModels: { "application/json": "constructor" },
      }),
    "BadRequestException",
    "Invalid model identifier specified: constructor",
  ],
  [
    "one name for two parameters",
    ({ ask }, name) =>
      ask("PutMethod", {
        ...name,
        httpMethod: "GET",
        authorizationType: "NONE",
        requestParameters: { "method.request.header.a": true, "method.request.querystring.a": true },
      }),
    "BadRequestException",
    "Parameter names must be unique across querystring, header and path",
  ],
  [
    "an unknown path of a method's patch",
    ({ ask }, name) =>
      ask("UpdateMethod", {
        ...name,
        httpMethod: "POST",
        patchOperations: [{ op: "replace", path: "/httpMethod", value: "GET" }],
      }),
    "BadRequestException",
    "Invalid patch path /httpMethod",
  ],
  [
    "an operation that a method's patch does not take",
    ({ ask }, name) =>
      ask("UpdateMethod", {
        ...name,
        httpMethod: "POST",
        patchOperations: [{ op: "add", path: "/operationName", value: "x" }],
      }),
    "BadRequestException",
    "Invalid patch operation specified. Must be one of: [replace]",
  ],
  [
    "an ARN that is none",
    ({ ask }, name) =>
      ask("PutIntegration", { ...name, httpMethod: "POST", type: "AWS", integrationHttpMethod: "POST", uri: "lambda" }),
    "BadRequestException",
    "Invalid ARN specified in the request",
  ],
  [
    "an ARN without a path",
    ({ ask }, name) =>
      ask("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:lambda:test",
      }),
    "BadRequestException",
    "AWS ARN for integration must contain path or action",
  ],
  [
    "a proxy of another service",
    ({ ask }, name) =>
      ask("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:sqs:path/x",
      }),
    "BadRequestException",
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  ],
  [
    "a time-out beyond AWS's",
    ({ ask }, name) =>
      ask("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: functionUri,
        timeoutInMillis: 30_000,
      }),
    "BadRequestException",
    "Timeout should be between 50 ms and 29000 ms",
  ],
  [
    "a mapping of a header that the method response does not declare",
    ({ ask }, name) =>
      ask("PutIntegrationResponse", {
        ...name,
        httpMethod: "POST",
        statusCode: "200",
        responseParameters: { "method.response.header.X": "'x'" },
      }),
    "BadRequestException",
    "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.header.X]",
  ],
  [
    "a status code of a response that is none",
    ({ ask }, name) => ask("PutIntegrationResponse", { ...name, httpMethod: "POST", statusCode: "wrong" }),
    "ValidationException",
    "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
  ],
  [
    "a model that a method needs",
    async ({ ask }, { restApiId, resourceId }) => {
      const requestModels = { "application/json": "Empty" };
      await ask("PutMethod", { restApiId, resourceId, httpMethod: "ANY", authorizationType: "NONE", requestModels });
      await ask("DeleteModel", { restApiId, modelName: "Empty" });
    },
    "ConflictException",
    "Cannot delete model 'Empty', is referenced in method request: /predict/ANY",
  ],
  [
    "a model of no schema",
    ({ ask }, { restApiId }) => ask("CreateModel", { restApiId, name: "X", contentType: "application/json" }),
    "BadRequestException",
    "Model schema must have at least 1 property or array items defined",
  ],
  [
    "a gateway response that there is none of",
    ({ ask }, { restApiId }) => ask("DeleteGatewayResponse", { restApiId, responseType: "THROTTLED" }),
    "NotFoundException",
    "Gateway response type not defined on api",
  ],
  [
    "an API without methods",
    async ({ ask }) => {
      const { id: restApiId = "" } = await ask("CreateRestApi", { name: "empty" });
      await ask("CreateDeployment", { restApiId });
    },
    "BadRequestException",
    "The REST API doesn't contain any methods",
  ],
  [
    "a method without an integration",
    async ({ ask }, { restApiId, resourceId }) => {
      await ask("DeleteIntegration", { restApiId, resourceId, httpMethod: "POST" });
      await ask("CreateDeployment", { restApiId });
    },
    "BadRequestException",
    "No integration defined for method",
  ],
  [
    "a deployment that a stage needs",
    async ({ ask }, { restApiId }) => {
      const { deploymentId = "" } = await ask("GetStage", { restApiId, stageName: "dev" });
      await ask("DeleteDeployment", { restApiId, deploymentId });
    },
    "BadRequestException",
    "Active stages pointing to this deployment must be moved or deleted",
  ],
  [
    "a stage that is there",
    ({ ask }, { restApiId }) => ask("CreateStage", { restApiId, stageName: "dev", deploymentId: "x" }),
    "ConflictException",
    "Stage already exists",
  ],
  [
    "a canary, which would send no traffic its way",
    ({ ask }, { restApiId }) =>
      ask("CreateDeployment", { restApiId, stageName: "dev", canarySettings: { percentTraffic: 10 } }),
    "BadRequestException",
    "The local cloud does not support canary deployments",
  ],
];

for (const [name, act, code, message] of refusals) {
  test(`${name} is refused`, async (t) => {
    const gateway = startApiGateway(t);
    const ids = await deployMethod(gateway);

    await assert.rejects(act(gateway, ids), { code, message });
  });
}

test("patches of an API add, replace and remove, all or none", async (t) => {
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

test("a resource that moves takes the paths below it along, and one that goes takes all below it", async (t) => {
  const { ask } = startApiGateway(t);
  const { id: restApiId = "", rootResourceId: parentId = "" } = await ask("CreateRestApi", { name: "a" });
  const { id: pets = "" } = await ask("CreateResource", { restApiId, parentId, pathPart: "pets" });
  await ask("CreateResource", { restApiId, parentId: pets, pathPart: "{id}" });
  const paths = async () => (await ask("GetResources", { restApiId })).items?.map(({ path }) => path);

  const patchOperations = [{ op: "replace" as const, path: "/pathPart", value: "dogs" }];
  await ask("UpdateResource", { restApiId, resourceId: pets, patchOperations });
  const moved = await paths();
  await ask("DeleteResource", { restApiId, resourceId: pets });

  assert.deepEqual(moved, ["/", "/dogs", "/dogs/{id}"]);
  assert.deepEqual(await paths(), ["/"]);
});

test("tags of APIs and stages are set, read and taken away by ARN", async (t) => {
  const gateway = startApiGateway(t);
  const { ask } = gateway;
  const { restApiId } = await deployMethod(gateway);
  for (const resourceArn of [
    `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`,
    `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/dev`,
  ]) {
    await ask("TagResource", { resourceArn, tags: { a: "1", b: "2" } });
    await ask("UntagResource", { resourceArn, tagKeys: ["a"] });

    assert.deepEqual(await ask("GetTags", { resourceArn }), { tags: { b: "2" } });
  }
});

test("a deployment's summary tells its methods", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId, deploymentId = "" } = await deployMethod(gateway);

  const { apiSummary } = await gateway.ask("GetDeployment", { restApiId, deploymentId, embed: ["apisummary"] });

  assert.deepEqual(apiSummary, { "/predict": { POST: { authorizationType: "NONE", apiKeyRequired: false } } });
});
