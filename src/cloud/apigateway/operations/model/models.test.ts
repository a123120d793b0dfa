import { testRejections } from "../../../../../test/support/apigateway.js";

testRejections([
  [
    "the deletion of a model that a method refers to",
    async ({ ask }, { restApiId, resourceId }) => {
      const requestModels = { "application/json": "Empty" };
      await ask("PutMethod", { restApiId, resourceId, httpMethod: "ANY", authorizationType: "NONE", requestModels });
      await ask("DeleteModel", { restApiId, modelName: "Empty" });
    },
    "ConflictException",
    "Cannot delete model 'Empty', is referenced in method request: /predict/ANY",
  ],
  [
    "a model without a schema",
    ({ ask }, { restApiId }) => ask("CreateModel", { restApiId, name: "X", contentType: "application/json" }),
    "BadRequestException",
    "Model schema must have at least 1 property or array items defined",
  ],
]);
