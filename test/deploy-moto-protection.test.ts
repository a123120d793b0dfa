// What protects an API at moto, an independent AWS, is kept by a redeploy.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateAuthorizerCommand,
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  UpdateMethodCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { type Context, listDeployments, rollback } from "../src/deploy/index.js";
import { startAccount } from "./support/moto-account.js";
import { missing } from "./support/programs.js";

const skip = missing("moto_server");

/** The method that callers use, as the API is edited. */
async function postMethod({ aws }: Context) {
  const restApiId = await restApiIdOf(aws);
  const { items = [] } = await aws.apigateway.send(new GetResourcesCommand({ restApiId }));
  const resource = items.find(({ resourceMethods }) => resourceMethods?.POST) ?? assert.fail("The API has no POST");
  return { restApiId, resourceId: resource.id, httpMethod: "POST" };
}

async function restApiIdOf(aws: Context["aws"]): Promise<string> {
  const [deployed] = await listDeployments(aws);
  return deployed?.url.match(/restapis\/(\w+)/)?.[1] ?? assert.fail("Nothing is deployed");
}

test("keeps the authorization, API key requirement and policy that were added to an API by hand", {
  skip,
}, async (t) => {
  const { deploy, context, sent } = await startAccount(t);
  const { aws } = context;
  await deploy();
  const method = await postMethod(context);
  const { restApiId } = method;
  const { id: authorizerId = "" } = await aws.apigateway.send(
    new CreateAuthorizerCommand({ restApiId, name: "staff", type: "TOKEN", identitySource: "method.request.header.A" }),
  );
  await aws.apigateway.send(
    new UpdateMethodCommand({
      ...method,
      patchOperations: [
        { op: "replace", path: "/authorizationType", value: "CUSTOM" },
        { op: "replace", path: "/authorizerId", value: authorizerId },
        { op: "replace", path: "/apiKeyRequired", value: "true" },
      ],
    }),
  );
  const policy = '{"Statement":[{"Effect":"Deny","Principal":"*"}]}';
  await aws.apigateway.send(
    new UpdateRestApiCommand({ restApiId, patchOperations: [{ op: "replace", path: "/policy", value: policy }] }),
  );
  const protectedMethod = { authorizationType: "CUSTOM", authorizerId, apiKeyRequired: true };

  for (const change of [{ missing: true }, { spec: { route: "/v2/predict" } }]) {
    const { plan } = await deploy(change);

    assert.match(plan, /keep API deployment POST \S+: authorization CUSTOM \(authorizer staff\)\n/);
    assert.match(plan, /keep API deployment POST \S+: API key required\n/);
    assert.match(plan, /keep API deployment POST \S+: resource policy sha256:[0-9a-f]{12}\n/);
    const { authorizationType, authorizerId, apiKeyRequired } = await aws.apigateway.send(
      new GetMethodCommand(await postMethod(context)),
    );
    assert.deepEqual({ authorizationType, authorizerId, apiKeyRequired }, protectedMethod);
    assert.equal((await aws.apigateway.send(new GetRestApiCommand({ restApiId }))).policy, policy);
    sent.length = 0;
    await deploy(change);
    assert.deepEqual(sent, [], "a second run changes nothing");
  }

  const opened = await deploy({ removeProtection: true });
  assert.match(
    opened.plan,
    /authorization CUSTOM \(authorizer staff\) -> NONE, remove API key required, remove resource policy/,
  );
  assert.notEqual(
    (await aws.apigateway.send(new GetMethodCommand(await postMethod(context)))).authorizationType,
    "CUSTOM",
  );
});

test("does not publish an API whose protection the import has dropped", { skip }, async (t) => {
  const { deploy, context, failAfter } = await startAccount(t);
  await deploy();
  const method = await postMethod(context);
  const patchOperations = [{ op: "replace" as const, path: "/authorizationType", value: "AWS_IAM" }];
  await context.aws.apigateway.send(new UpdateMethodCommand({ ...method, patchOperations }));
  await deploy({ missing: true });
  failAfter("PutRestApi");
  await assert.rejects(deploy({ spec: { route: "/score" } }), /interrupted/);

  // moto's import drops the protection, and its deployments do not record it: no run may guess.
  await assert.rejects(deploy({ spec: { route: "/score" } }), { code: "api-protection-unknown" });
  await context.aws.apigateway.send(new UpdateMethodCommand({ ...(await postMethod(context)), patchOperations }));
  await deploy({ spec: { route: "/score" } });

  const { authorizationType } = await context.aws.apigateway.send(new GetMethodCommand(await postMethod(context)));
  assert.equal(authorizationType, "AWS_IAM");
});

test("a rollback does not switch the stage to an API without the present protection", { skip }, async (t) => {
  const { deploy, context } = await startAccount(t);
  await deploy();
  const patchOperations = [{ op: "replace" as const, path: "/authorizationType", value: "AWS_IAM" }];
  await context.aws.apigateway.send(new UpdateMethodCommand({ ...(await postMethod(context)), patchOperations }));
  await deploy({ image: "model 2", missing: true });
  const restApiId = await restApiIdOf(context.aws);
  const stage = { restApiId, stageName: "prod" };
  const before = await context.aws.apigateway.send(new GetStageCommand(stage));

  assert.deepEqual(await rollback(context, "prod").then(({ to, api }) => ({ to, api })), { to: "1", api: "kept" });

  assert.equal((await context.aws.apigateway.send(new GetStageCommand(stage))).deploymentId, before.deploymentId);
});

test("keeps the throttling of a stage, and moves it to a new route", { skip }, async (t) => {
  const { deploy, context } = await startAccount(t);
  await deploy();
  const stage = { restApiId: await restApiIdOf(context.aws), stageName: "prod" };
  const patchOperations = [
    { op: "replace" as const, path: "/predict/POST/throttling/rateLimit", value: "10" },
    { op: "replace" as const, path: "/predict/POST/throttling/burstLimit", value: "5" },
  ];
  await context.aws.apigateway.send(new UpdateStageCommand({ ...stage, patchOperations }));

  const { plan } = await deploy({ spec: { route: "/score" } });

  assert.match(plan, /keep stage prod: throttling predict\/POST 10 requests\/s, burst 5/);
  const { methodSettings } = await context.aws.apigateway.send(new GetStageCommand(stage));
  assert.ok(
    Object.entries(methodSettings ?? {}).some(
      ([key, { throttlingRateLimit }]) => /score/.test(key) && throttlingRateLimit === 10,
    ),
  );
});
