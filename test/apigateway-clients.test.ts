// API Gateway called by independent clients: AWS's SDK for Python, and curl.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { awsEnvironment } from "./support/aws-cli.js";
import { startTestCloud } from "./support/cloud.js";
import { missing } from "./support/programs.js";
import { runWell } from "./support/run.js";

/** The reason to skip a test without boto3. */
function missingBoto3(): string | false {
  const { status } = spawnSync("python3", ["-c", "import boto3"]);
  return status !== 0 && "boto3 not installed";
}

/** Imports an API, edits each of its parts, deploys it, and prints what the service returned. */
const script = `
import boto3, json
from botocore.exceptions import ClientError
api = boto3.client("apigateway")
document = {
  "openapi": "3.0.1", "info": {"title": "mock", "version": "1"},
  "paths": {"/greet/{name}": {"get": {
    "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
    "responses": {"200": {"description": "a greeting", "headers": {"X-Stage": {"schema": {"type": "string"}}}}},
    "x-amazon-apigateway-integration": {
      "type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
      "responses": {"default": {"statusCode": "200",
        "responseParameters": {"method.response.header.X-Stage": "context.stage"},
        "responseTemplates": {"application/json": '{"hello": "$input.params("name")", "from": "$stageVariables.me"}'}}}}}}},
}
imported = api.import_rest_api(body=json.dumps(document), failOnWarnings=True, parameters={"endpointConfigurationTypes": "REGIONAL"})
rest = imported["id"]
resources = {item["path"]: item for item in api.get_paginator("get_resources").paginate(restApiId=rest, embed=["methods"]).build_full_result()["items"]}
resource = resources["/greet/{name}"]["id"]
at = dict(restApiId=rest, resourceId=resource, httpMethod="GET")
test = api.test_invoke_method(**at, pathWithQueryString="/greet/you", stageVariables={"me": "test"})
model = api.create_model(restApiId=rest, name="Pet", contentType="application/json", schema="{}")
validator = api.create_request_validator(restApiId=rest, name="v", validateRequestBody=True)
api.update_method(**at, patchOperations=[
  {"op": "replace", "path": "/requestValidatorId", "value": validator["id"]},
  {"op": "add", "path": "/requestModels/text~1plain", "value": "Pet"}])
api.put_gateway_response(restApiId=rest, responseType="DEFAULT_4XX", statusCode="418")
deployment = api.create_deployment(restApiId=rest, stageName="dev", variables={"me": "dev"})
api.update_stage(restApiId=rest, stageName="dev", patchOperations=[{"op": "replace", "path": "/*/*/throttling/rateLimit", "value": "12.5"}])
stage = api.get_stage(restApiId=rest, stageName="dev")
exported = json.loads(api.get_export(restApiId=rest, stageName="dev", exportType="swagger", parameters={"extensions": "integrations"})["body"].read())
api.tag_resource(resourceArn="arn:aws:apigateway:us-east-1::/restapis/" + rest, tags={"a": "b"})
def error_of(call, **arguments):
  try: call(**arguments)
  except ClientError as error: return [error.response["Error"]["Code"], error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
print(json.dumps({
  "id": rest, "types": imported["endpointConfiguration"]["types"], "paths": sorted(resources),
  "test": [test["status"], test["body"], test["headers"]], "methods": api.get_method(**at)["requestModels"],
  "setting": stage["methodSettings"]["*/*"]["throttlingRateLimit"], "deployed": stage["deploymentId"] == deployment["id"],
  "created": stage["createdDate"].year, "exported": sorted(exported["paths"]["/greet/{name}"]["get"]),
  "tags": api.get_rest_api(restApiId=rest)["tags"],
  "emptyTemplate": api.put_integration_response(**at, statusCode="200", responseTemplates={"application/json": ""})["responseTemplates"],
  "errors": [error_of(api.get_rest_api, restApiId="none"), error_of(api.create_model, restApiId=rest, name="Pet", contentType="application/json", schema="{}"), error_of(api.create_api_key, name="k")],
}))
`;

test("boto3 imports, edits, tests, deploys and exports an API, and curl calls it", {
  skip: missing("python3", "curl") || missingBoto3(),
}, async (t) => {
  const cloud = await startTestCloud(t);

  const returned = JSON.parse(await runWell("python3", ["-c", script], { env: awsEnvironment(cloud) }));
  const at = { env: {} };
  const url = `${cloud.url}/restapis/${returned.id}/dev/_user_request_/greet/w%C3%B6rld`;
  const byPath = await runWell("curl", ["-s", "-i", url], at);
  const host = `${returned.id}.execute-api.localhost:${cloud.port}`;
  const byHost = await runWell("curl", ["-s", "-H", `Host: ${host}`, `${cloud.url}/dev/greet/you`], at);
  const unknown = await runWell("curl", ["-s", "-w", "%{http_code}", "-X", "POST", url], at);

  assert.deepEqual(returned, {
    id: returned.id,
    types: ["REGIONAL"],
    paths: ["/", "/greet", "/greet/{name}"],
    test: [
      200,
      '{"hello": "you", "from": "test"}',
      { "Content-Type": "application/json", "X-Stage": "test-invoke-stage" },
    ],
    methods: { "text/plain": "Pet" },
    setting: 12.5,
    deployed: true,
    created: new Date().getFullYear(),
    exported: ["consumes", "parameters", "produces", "responses", "x-amazon-apigateway-integration"],
    tags: { a: "b" },
    emptyTemplate: { "application/json": null },
    errors: [
      ["NotFoundException", "Invalid API identifier specified 000000000000:none", 404],
      ["ConflictException", "Model name already exists for this REST API", 409],
      ["NotImplementedException", "CreateApiKey of apigateway is not implemented in this cloud", 501],
    ],
  });
  assert.match(byPath, /^HTTP\/1.1 200 OK\r\n[\s\S]*X-Stage: dev\r\n[\s\S]*\{"hello": "wörld", "from": "dev"\}$/);
  assert.equal(byHost, '{"hello": "you", "from": "dev"}');
  assert.equal(unknown, '{"message":"Missing Authentication Token"}418');
});
