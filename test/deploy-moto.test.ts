// The deployer judged by an AWS that nobody here wrote: moto. It has ECR's API but no registry, so images are put
// through the API; it has no UpdateModel, which is answered in its place; and its API Gateway and Lambda are not
// called.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type TestContext, test } from "node:test";
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import type { Client, MetadataBearer } from "@smithy/types";
import { systemClock } from "../src/base/index.js";
import {
  type Applied,
  applyPlan,
  type Context,
  connectAws,
  destroy,
  findRemovable,
  listDeployments,
  namesOf,
  planDeployment,
  rollback,
  type Spec,
  specDefaults,
  type WantedImage,
  want,
} from "../src/deploy/index.js";
import { irisSignature } from "./support/iris.js";
import { startMoto } from "./support/moto.js";
import { missing } from "./support/programs.js";

const skip = missing("moto_server");
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const spec: Spec = { name: "iris", ...specDefaults };

/** An image that is nothing but a manifest, put by ECR's own API. */
function imageOf(content: string, endpoint: string): WantedImage {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: "application/vnd.oci.image.config.v1+json", size: 2, digest: digestOf("{}") },
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", size: 1, digest: digestOf(content) }],
  });
  return {
    digest: digestOf(manifest),
    architecture: "x86_64",
    push: async ({ repositoryUri, tag }) => {
      const ecr = new ECRClient({ endpoint, region: "us-east-1", credentials });
      await ecr.send(
        new PutImageCommand({
          repositoryName: repositoryUri.split("/").at(-1),
          imageManifest: manifest,
          // moto makes up a digest of its own unless it is told.
          imageDigest: digestOf(manifest),
          imageTag: tag,
        }),
      );
      ecr.destroy();
      return { bytesSent: manifest.length, bytesPresent: 0 };
    },
  };
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

interface Account {
  readonly context: Context;
  /** Names of the commands that were sent and change something. */
  readonly sent: string[];
  /** Fails the next command of this name when AWS has carried it out and nobody knows. */
  failAfter(command: string): void;
  deploy(changes?: { spec?: Partial<Spec>; image?: string; missing?: boolean }): Promise<Applied>;
}

async function startAccount(t: TestContext): Promise<Account> {
  const endpoint = await startMoto(t);
  const aws = await connectAws({
    endpoint,
    region: "us-east-1",
    credentials,
    clock: systemClock,
    sleep: async () => {},
  });
  t.after(() => aws.close());
  const context = { aws, names: namesOf("iris", aws.place) };
  const sent: string[] = [];
  let failing: string | undefined;

  for (const client of [aws.ecr, aws.iam, aws.logs, aws.lambda, aws.apigateway] as Client<
    object,
    MetadataBearer,
    unknown
  >[]) {
    client.middlewareStack.add(
      (next, { commandName = "" }) =>
        async (args) => {
          const name = commandName.replace(/Command$/, "");
          if (!/^(Get|List|Describe)/.test(name)) sent.push(name);
          const answer = name === "UpdateModel" ? { output: { $metadata: {} }, response: {} } : await next(args);
          if (failing !== name) return answer;
          failing = undefined;
          throw new Error("cut off");
        },
      { step: "initialize", name: "observed" },
    );
  }

  return {
    context,
    sent,
    failAfter: (command) => {
      failing = command;
    },
    deploy: async ({ spec: changes = {}, image = "model 1", missing = false } = {}) => {
      const features = irisSignature.features.map((feature) => ({ ...feature, missing }));
      const words = { callerErrorPrefix: "[400] " };
      const wanted = want(
        { ...spec, ...changes },
        { ...irisSignature, features },
        imageOf(image, endpoint),
        aws.place,
        words,
      );
      return applyPlan(context, await planDeployment(context, wanted));
    },
  };
}

function changed({ done }: Applied): string[] {
  return done.filter(({ did }) => did !== "unchanged").map(({ kind, did }) => `${kind} ${did}`);
}

const everything = [
  "repository created",
  "image created",
  "role created",
  "log group created",
  "function created",
  "alias created",
  "REST API created",
  "API deployment created",
  "permission created",
  "stage created",
];

test("a deployment is made once, and a second run changes nothing", { skip }, async (t) => {
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

test("each change touches what it must and nothing else", { skip }, async (t) => {
  const { deploy, sent } = await startAccount(t);
  await deploy();

  for (const [changes, kinds, commands] of [
    [
      { image: "model 2" },
      ["image created", "function updated", "alias updated"],
      ["UpdateFunctionCode", "PublishVersion", "UpdateAlias"],
    ],
    [
      { image: "model 2", spec: { memoryMb: 1024 } },
      ["function updated", "alias updated"],
      ["UpdateFunctionConfiguration", "PublishVersion", "UpdateAlias"],
    ],
    [
      { image: "model 2", spec: { memoryMb: 1024, stage: "dev" } },
      ["alias created", "permission created", "stage created"],
      ["PublishVersion", "CreateAlias", "AddPermission", "CreateStage"],
    ],
    [
      { image: "model 2", spec: { memoryMb: 1024, route: "/v2/predict" } },
      ["function updated", "alias updated", "API deployment created", "stage updated"],
      [
        "UpdateFunctionConfiguration",
        "PublishVersion",
        "UpdateAlias",
        "PutRestApi",
        "UpdateModel",
        "CreateDeployment",
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

test("a deployment that was cut off anywhere is finished by the next run", { skip }, async (t) => {
  const { deploy, context, failAfter, sent } = await startAccount(t);
  await deploy();
  const commands = sent.filter((name) => name !== "PublishVersion");
  assert.ok(commands.length >= 12);

  for (const command of commands) {
    await destroy(await findRemovable(context), () => {});
    failAfter(command);
    await assert.rejects(deploy(), /cut off/, `${command} was to fail`);

    await deploy();

    assert.deepEqual(changed(await deploy()), [], `after ${command}`);
    assert.equal((await listDeployments(context.aws)).length, 1, `after ${command}`);
  }
});

test("a rollback goes back to the version before, and to the API it was published with", { skip }, async (t) => {
  const { deploy, context } = await startAccount(t);
  await deploy();
  const second = { image: "model 2", missing: true, spec: { route: "/v2/predict" } };
  await deploy(second);

  const { from, to } = await rollback(context, "prod");

  assert.deepEqual([from, to], ["2", "1"]);
  assert.equal((await listDeployments(context.aws))[0]?.route, "/predict");
  // Deploying the second again moves alias and stage forward, and makes nothing twice.
  const again = changed(await deploy(second));
  assert.deepEqual(again, ["alias updated", "stage updated"]);
  await assert.rejects(rollback(context, "prod", "9"), {
    code: "version-unknown",
    message: /no version 9; there are 1, 2/,
  });
});

test("destroy removes everything that was made, and nothing else", { skip }, async (t) => {
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

test("a resource of somebody else is neither taken over nor removed", { skip }, async (t) => {
  const { deploy, context } = await startAccount(t);
  await context.aws.ecr.send(new CreateRepositoryCommand({ repositoryName: "iris" }));

  await assert.rejects(deploy(), {
    code: "resource-not-ours",
    message: /ECR repository iris .* tepal:deployment=iris/,
  });
  await assert.rejects(findRemovable(context), { code: "deployment-unknown" });
});
