import { testRejections } from "../../../../../test/support/apigateway.js";

testRejections([
  [
    "a stage name that exists",
    ({ ask }, { restApiId }) => ask("CreateStage", { restApiId, stageName: "dev", deploymentId: "x" }),
    "ConflictException",
    "Stage already exists",
  ],
]);
