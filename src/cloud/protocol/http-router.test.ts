import assert from "node:assert/strict";
import { test } from "node:test";
import { loadServiceModel } from "./catalog.js";
import { createHttpRouter } from "./http-router.js";

const routers = {
  lambda: createHttpRouter((await loadServiceModel("lambda")).operations.values()),
  apigateway: createHttpRouter((await loadServiceModel("apigateway")).operations.values()),
};

for (const [service, request, operation, labels] of [
  ["lambda", "POST /2015-03-31/functions", "CreateFunction", {}],
  ["lambda", "GET /2015-03-31/functions/", "ListFunctions", {}],
  ["lambda", "GET /2015-03-31/functions/iris", "GetFunction", { FunctionName: "iris" }],
  [
    "lambda",
    "GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Airis/aliases/prod",
    "GetAlias",
    { FunctionName: "arn:aws:lambda:us-east-1:1:function:iris", Name: "prod" },
  ],
  ["lambda", "DELETE /2017-03-31/tags/arn:aws:x?tagKeys=a", "UntagResource", { Resource: "arn:aws:x" }],
  ["apigateway", "POST /restapis", "CreateRestApi", {}],
  ["apigateway", "POST /restapis?mode=import&failonwarnings=true", "ImportRestApi", {}],
  ["apigateway", "PUT /restapis/a1?mode=merge", "PutRestApi", { restApiId: "a1" }],
  [
    "apigateway",
    "PUT /restapis/a1/resources/r/methods/GET/integration",
    "PutIntegration",
    { restApiId: "a1", resourceId: "r", httpMethod: "GET" },
  ],
  [
    "apigateway",
    "GET /tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1",
    "GetTags",
    { resourceArn: "arn:aws:apigateway:us-east-1::/restapis/a1" },
  ],
] as const) {
  test(`routes ${request} to ${operation}`, () => {
    const [method, target] = request.split(" ") as [string, string];
    const [path, query] = target.split("?") as [string, string | undefined];

    const match = routers[service].match(method, path, new URLSearchParams(query));

    assert.deepEqual([match?.operation.name, match?.labels], [operation, labels]);
  });
}

for (const [service, method, path] of [
  ["lambda", "PATCH", "/2015-03-31/functions"],
  ["lambda", "GET", "/2015-03-31/functions//aliases/prod"],
  ["lambda", "GET", "/2015-03-31/functions/%E0%A4%A/aliases/prod"],
  ["lambda", "GET", "/"],
  ["apigateway", "GET", "/restapis/a1/resources/r/methods/GET/integration/responses/200/more"],
] as const) {
  test(`finds no operation of ${service} for ${method} ${path}`, () => {
    assert.equal(routers[service].match(method, path, new URLSearchParams()), undefined);
  });
}
