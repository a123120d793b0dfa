// The deployer against moto, an independent AWS, whose API Gateway and Lambda are not called.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateRepositoryCommand } from "@aws-sdk/client-ecr";
import { destroy, findRemovable, listDeployments, rollback } from "../src/deploy/index.js";
import { changed, startAccount } from "./support/moto-account.js";
import { missing } from "./support/programs.js";

const skip = missing("moto_server");

const everything = [
  "repository created",
  "image created",
  "role created",
  "log group created",
  "function created",
  "version created",
  "REST API created",
  "API deployment created",
  "alias created",
  "permission created",
  "stage created",
];

test("creates a deployment, and changes nothing on a second run", { skip }, async (t) => {
  const { deploy, context, sent } = await startAccount(t);

  assert.deepEqual(changed(await deploy()), everything);
  sent.length = 0;
  assert.deepEqual(changed(await deploy()), []);

  assert.deepEqual(sent, []);
  const [listed, ...others] = await listDeployments(context.aws);
  assert.deepEqual(others, []);
  assert.equal(listed?.model, "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes");
  assert.deepEqual([listed?.name, listed?.stage, listed?.route, listed?.version], ["iris", "prod", "/predict", "1"]);
});

test("updates only the resources that a change affects", { skip }, async (t) => {
  const { deploy, sent } = await startAccount(t);
  await deploy();

  for (const [changes, kinds, commands] of [
    [
      { image: "model 2" },
      ["image created", "function updated", "version created", "alias updated"],
      ["UpdateFunctionCode", "PublishVersion", "UpdateAlias"],
    ],
    [
      { image: "model 2", spec: { memoryMb: 1024 } },
      ["function updated", "version created", "alias updated"],
      ["UpdateFunctionConfiguration", "PublishVersion", "UpdateAlias"],
    ],
    [
      { image: "model 2", spec: { memoryMb: 1024, stage: "dev" } },
      ["alias created", "permission created", "stage created"],
      ["CreateAlias", "AddPermission", "CreateStage"],
    ],
    [
      { image: "model 2", spec: { memoryMb: 1024, route: "/v2/predict" } },
      ["function updated", "version created", "API deployment created", "alias updated", "stage updated"],
      [
        "UpdateFunctionConfiguration",
        "PublishVersion",
        "PutRestApi",
        "UpdateModel",
        "CreateDeployment",
        "UpdateAlias",
        "UpdateStage",
      ],
    ],
  ] as const) {
    sent.length = 0;
    assert.deepEqual(changed(await deploy(changes)), kinds);
    assert.deepEqual(sent, commands);
    assert.deepEqual(changed(await deploy(changes)), []);
  }
});

test("finishes a deployment that was interrupted at any request", { skip }, async (t) => {
  const { deploy, context, failAfter, sent } = await startAccount(t);
  await deploy();
  const commands = sent.filter((name) => name !== "PublishVersion");
  assert.ok(commands.length >= 12);

  for (const command of commands) {
    await destroy(await findRemovable(context), () => {});
    failAfter(command);
    await assert.rejects(deploy(), /interrupted/, `${command} must fail`);

    await deploy();

    assert.deepEqual(changed(await deploy()), [], `after ${command}`);
    assert.equal((await listDeployments(context.aws)).length, 1, `after ${command}`);
  }
});

test("rolls back to the previous version, and to the API it was published with", { skip }, async (t) => {
  const { deploy, context } = await startAccount(t);
  await deploy();
  const second = { image: "model 2", missing: true, spec: { route: "/v2/predict" } };
  await deploy(second);

  const { from, to } = await rollback(context, "prod");

  assert.deepEqual([from, to], ["2", "1"]);
  assert.equal((await listDeployments(context.aws))[0]?.route, "/predict");
  // Deploying the second model again switches alias and stage, and creates nothing twice.
  const again = changed(await deploy(second));
  assert.deepEqual(again, ["alias updated", "stage updated"]);
  await assert.rejects(rollback(context, "prod", "9"), {
    code: "version-unknown",
    message: /^Version 9 not found. Existing versions: 1, 2$/,
  });
});

test("destroys every resource of the deployment, and no other", { skip }, async (t) => {
  const { deploy, context, sent } = await startAccount(t);
  await deploy();
  await deploy({ image: "model 2" });
  await context.aws.ecr.send(new CreateRepositoryCommand({ repositoryName: "others" }));
  sent.length = 0;

  const removed: string[] = [];
  await destroy(await findRemovable(context), ({ kind }) => removed.push(kind));

  assert.deepEqual(removed, ["REST API", "function", "log group", "role", "repository"]);
  await assert.rejects(findRemovable(context), { code: "deployment-unknown" });
  assert.deepEqual(changed(await deploy()), everything);
});

test("neither takes over nor deletes a resource without the deployment's tag", { skip }, async (t) => {
  const { deploy, context } = await startAccount(t);
  await context.aws.ecr.send(new CreateRepositoryCommand({ repositoryName: "iris" }));

  await assert.rejects(deploy(), {
    code: "resource-not-owned",
    message: /ECR repository iris .* tepal:deployment=iris/,
  });
  await assert.rejects(findRemovable(context), { code: "deployment-unknown" });
});
