import { testRejections } from "../../../../../test/support/apigateway.js";

testRejections([
  [
    "an unknown HTTP method",
    ({ ask }, name) => ask("PutMethod", { ...name, httpMethod: "FETCH", authorizationType: "NONE" }),
    "BadRequestException",
    "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
  ],
  [
    "a second method with the same name",
    ({ ask }, name) => ask("PutMethod", { ...name, httpMethod: "POST", authorizationType: "NONE" }),
    "ConflictException",
    "Method already exists for this resource",
  ],
  [
    "an unknown authorizer",
    ({ ask }, name) => ask("PutMethod", { ...name, httpMethod: "GET", authorizationType: "CUSTOM", authorizerId: "a" }),
    "BadRequestException",
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
  ],
  [
    "an unknown model",
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
    "two parameters with one name",
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
    "a patch of an unknown path",
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
    "a patch with an unsupported operation",
    ({ ask }, name) =>
      ask("UpdateMethod", {
        ...name,
        httpMethod: "POST",
        patchOperations: [{ op: "add", path: "/operationName", value: "x" }],
      }),
    "BadRequestException",
    "Invalid patch operation specified. Must be one of: [replace]",
  ],
]);
