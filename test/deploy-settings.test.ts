// A redeploy to the local cloud keeps the settings of API and stage that it does not manage.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetRestApiCommand,
  GetStageCommand,
  type PatchOperation,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { deployIris } from "./support/deployed-iris.js";

const requireKey = { op: "replace", path: "/apiKeyRequired", value: "true" } as const;

test("a redeploy keeps the API key requirement, resource policy and disabled default endpoint", async (t) => {
  const { deploy, post, gateway, stage, updateMethod, deployByHand } = await deployIris(t);
  const { restApiId } = stage;
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "execute-api:Invoke" }],
  };
  await updateMethod(requireKey);
  await gateway.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [
        { op: "replace", path: "/policy", value: JSON.stringify(policy) },
        { op: "replace", path: "/disableExecuteApiEndpoint", value: "true" },
      ],
    }),
  );
  await deployByHand();
  const before = await gateway.send(new GetRestApiCommand({ restApiId }));

  const { status, err } = await deploy("--cors", "https://example.com");

  assert.equal(status, 0, err);
  assert.match(
    err,
    /keeps authorization|keeps API key required, resource policy sha256:\w+, default endpoint disabled/,
  );
  assert.equal((await post()).status, 403);
  const after = await gateway.send(new GetRestApiCommand({ restApiId }));
  assert.deepEqual([after.policy, after.disableExecuteApiEndpoint], [before.policy, true]);
});

test("a redeploy keeps the settings of the stage, and moves the method's throttling to a new route", async (t) => {
  const { deploy, gateway, stage } = await deployIris(t);
  const patchOperations: PatchOperation[] = [
    { op: "replace", path: "/~1predict/POST/throttling/rateLimit", value: "10" },
    { op: "replace", path: "/~1predict/POST/throttling/burstLimit", value: "5" },
    { op: "replace", path: "/variables/owner", value: "marketing" },
  ];
  await gateway.send(new UpdateStageCommand({ ...stage, patchOperations }));

  const { status, err } = await deploy("--route", "/v2/score");

  assert.equal(status, 0, err);
  assert.match(err, /stage +prod, .*: updated .*; keeps throttling predict\/POST 10 requests\/s, burst 5\n/);
  const { methodSettings, variables } = await gateway.send(new GetStageCommand(stage));
  assert.deepEqual(variables, { alias: "prod", owner: "marketing" });
  assert.equal(methodSettings?.["v2/score/POST"]?.throttlingRateLimit, 10);
  assert.equal(methodSettings?.["v2/score/POST"]?.throttlingBurstLimit, 5);
});
