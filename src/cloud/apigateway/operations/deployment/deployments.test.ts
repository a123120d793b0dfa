import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("summarizes the methods of a deployment", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId, deploymentId = "" } = await deployMethod(gateway);

  const { apiSummary } = await gateway.ask("GetDeployment", { restApiId, deploymentId, embed: ["apisummary"] });

  assert.deepEqual(apiSummary, { "/predict": { POST: { authorizationType: "NONE", apiKeyRequired: false } } });
});

testRejections([
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
    "the deletion of a deployment that a stage uses",
    async ({ ask }, { restApiId }) => {
      const { deploymentId = "" } = await ask("GetStage", { restApiId, stageName: "dev" });
      await ask("DeleteDeployment", { restApiId, deploymentId });
    },
    "BadRequestException",
    "Active stages pointing to this deployment must be moved or deleted",
  ],
  [
    "a canary, which is not implemented",
    ({ ask }, { restApiId }) =>
      ask("CreateDeployment", { restApiId, stageName: "dev", canarySettings: { percentTraffic: 10 } }),
    "BadRequestException",
    "The local cloud does not support canary deployments",
  ],
]);
