// A redeploy to the local cloud keeps what protects its API.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetRestApiCommand,
  GetStageCommand,
  type PatchOperation,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { deployIris, request } from "./support/deployed-iris.js";

const requireIam = { op: "replace", path: "/authorizationType", value: "AWS_IAM" } as const;
const requireKey = { op: "replace", path: "/apiKeyRequired", value: "true" } as const;

test("a redeploy and a rollback keep the AWS_IAM authorization that was added by hand", async (t) => {
  const { tepal, deploy, post, url, updateMethod, deployByHand } = await deployIris(t);
  await updateMethod(requireIam);
  await deployByHand();
  assert.equal((await post()).status, 403);

  const planned = await deploy("--plan", "--memory", "256");
  assert.match(planned.out, /keep API deployment POST \/predict: authorization AWS_IAM\n/);
  for (const options of [["--memory", "256"], ["--cors", "*"], []]) {
    const { status, err } = await deploy(...options);
    assert.equal(status, 0, err);
    assert.match(err, /keeps authorization AWS_IAM\n/);
    assert.equal((await post()).status, 403, options.join(" "));
  }
  assert.equal((await tepal("rollback", "iris")).status, 0);
  assert.equal((await post()).status, 403, "after a rollback");
  const moved = await deploy("--route", "/score");
  assert.equal(moved.status, 0, moved.err);
  assert.equal((await post(request, moved.out.trim())).status, 403, "at another route");

  const opened = await deploy("--remove-protection");
  assert.match(opened.err, /authorization AWS_IAM -> NONE/);
  assert.deepEqual(await post(request, url), { status: 200, body: "[2]" });
});

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

test("a redeploy restores an authorization that the stage serves and an interrupted import has dropped", async (t) => {
  const { deploy, post, updateMethod, deployByHand } = await deployIris(t);
  await updateMethod(requireIam);
  await deployByHand();
  await updateMethod({ ...requireIam, value: "NONE" });

  const { status, err } = await deploy("--cors", "*");

  assert.equal(status, 0, err);
  assert.equal((await post()).status, 403);
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
