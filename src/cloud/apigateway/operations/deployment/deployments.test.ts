import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("summarizes the methods of a deployment", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId, deploymentId = "" } = await deployMethod(gateway);

  const { apiSummary } = await gateway.send("GetDeployment", { restApiId, deploymentId, embed: ["apisummary"] });

  assert.deepEqual(apiSummary, { "/predict": { POST: { authorizationType: "NONE", apiKeyRequired: false } } });
});

testRejections([
  [
    "an API without methods",
    async ({ send }) => {
      const { id: restApiId = "" } = await send("CreateRestApi", { name: "empty" });
      await send("CreateDeployment", { restApiId });
    },
    "BadRequestException",
    "The REST API doesn't contain any methods",
  ],
  [
    "a method without an integration",
    async ({ send }, { restApiId, resourceId }) => {
      await send("DeleteIntegration", { restApiId, resourceId, httpMethod: "POST" });
      await send("CreateDeployment", { restApiId });
    },
    "BadRequestException",
    "No integration defined for method",
  ],
  [
    "the deletion of a deployment that a stage uses",
    async ({ send }, { restApiId }) => {
      const { deploymentId = "" } = await send("GetStage", { restApiId, stageName: "dev" });
      await send("DeleteDeployment", { restApiId, deploymentId });
    },
    "BadRequestException",
    "Active stages pointing to this deployment must be moved or deleted",
  ],
  [
    "a canary, which is not implemented",
    ({ send }, { restApiId }) =>
      send("CreateDeployment", { restApiId, stageName: "dev", canarySettings: { percentTraffic: 10 } }),
    "BadRequestException",
    "The local cloud does not support canary deployments",
  ],
]);
