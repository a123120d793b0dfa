import assert from "node:assert/strict";
import { test } from "node:test";
import {
  deployMethod,
  type Rejection,
  startApiGateway,
  testRejections,
} from "../../../../../test/support/apigateway.js";

test("accepts -1 for a rate and a burst without throttling", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId } = await deployMethod(gateway);

  const { methodSettings } = await gateway.send("UpdateStage", {
    restApiId,
    stageName: "dev",
    patchOperations: [
      { op: "replace", path: "/*/*/throttling/rateLimit", value: "-1" },
      { op: "replace", path: "/*/*/throttling/burstLimit", value: "-1" },
    ],
  });

  const { throttlingRateLimit, throttlingBurstLimit } = methodSettings?.["*/*"] ?? {};
  assert.deepEqual([throttlingRateLimit, throttlingBurstLimit], [-1, -1]);
});

test("adds, changes and removes the access log of a stage", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId } = await deployMethod(gateway);
  const destinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:access";

  const added = await gateway.send("UpdateStage", {
    restApiId,
    stageName: "dev",
    patchOperations: [
      { op: "add", path: "/accessLogSettings/destinationArn", value: `${destinationArn}:*` },
      { op: "replace", path: "/accessLogSettings/format", value: "$context.requestId" },
    ],
  });
  const removed = await gateway.send("UpdateStage", {
    restApiId,
    stageName: "dev",
    patchOperations: [{ op: "remove", path: "/accessLogSettings" }],
  });

  assert.deepEqual(added.accessLogSettings, { destinationArn, format: "$context.requestId" });
  assert.equal(removed.accessLogSettings, undefined);
});

const accessLogPaths =
  "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]";

testRejections(
  (
    [
      ["replace", "/accessLogSettings", "x", accessLogPaths],
      ["add", "/accessLogSettings/*", "x", accessLogPaths],
      ["replace", "/accessLogSettings/format", "", "Access Log value must not be empty"],
      [
        "remove",
        "/accessLogSettings/destinationArn",
        undefined,
        "Cannot remove method setting accessLogSettings/destinationArn because there is no method setting for this method ",
      ],
      [
        "remove",
        "/*/*",
        undefined,
        "Cannot remove method setting */* because there is no method setting for this method ",
      ],
    ] as const
  ).map(
    ([op, path, value, message]): Rejection => [
      `the patch operation ${op} ${path} ${value ?? ""}`,
      ({ send }, { restApiId }) =>
        send("UpdateStage", { restApiId, stageName: "dev", patchOperations: [{ op, path, value }] }),
      "BadRequestException",
      message,
    ],
  ),
);

testRejections([
  [
    "a stage name that exists",
    ({ send }, { restApiId }) => send("CreateStage", { restApiId, stageName: "dev", deploymentId: "x" }),
    "ConflictException",
    "Stage already exists",
  ],
]);
