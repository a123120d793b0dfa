import { testRejections } from "../../../../../test/support/apigateway.js";

testRejections([
  [
    "a schema of more than 400 KB",
    ({ send }, { restApiId }) =>
      send("CreateModel", { restApiId, name: "X", contentType: "application/json", schema: " ".repeat(409_601) }),
    "BadRequestException",
    "Model schema is 409601 bytes, at most 409600 are allowed",
  ],
  [
    "a deeply nested schema",
    ({ send }, { restApiId }) =>
      send("UpdateModel", {
        restApiId,
        modelName: "Empty",
        patchOperations: [{ op: "replace", path: "/schema", value: `${'{"not":'.repeat(101)}{}${"}".repeat(101)}` }],
      }),
    "BadRequestException",
    "Model schema is nested deeper than 100 levels",
  ],
  [
    "the deletion of a model that a method refers to",
    async ({ send }, { restApiId, resourceId }) => {
      const requestModels = { "application/json": "Empty" };
      await send("PutMethod", { restApiId, resourceId, httpMethod: "ANY", authorizationType: "NONE", requestModels });
      await send("DeleteModel", { restApiId, modelName: "Empty" });
    },
    "ConflictException",
    "Cannot delete model 'Empty', is referenced in method request: /predict/ANY",
  ],
  [
    "a model without a schema",
    ({ send }, { restApiId }) => send("CreateModel", { restApiId, name: "X", contentType: "application/json" }),
    "BadRequestException",
    "Model schema must have at least 1 property or array items defined",
  ],
]);
