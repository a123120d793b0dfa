// A function through the AWS SDK and the whole cloud, which is killed and started again.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { imageOf } from "../src/image/image.js";
import { type Image, type Layer, pushImage, Repository } from "../src/image/index.js";
import { buildLayer } from "../src/image/layer/build-layer.js";
import { clientOf } from "./support/cloud.js";
import { type KillableCloud, startKillableCloud } from "./support/killable-cloud.js";
import { missingBusybox, shellImage } from "./support/lambda.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { until } from "./support/until.js";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

function clientsOf({ url, port }: KillableCloud) {
  const options = clientOf({ url, port, close: async () => {} });
  return {
    ecr: new ECRClient(options),
    iam: new IAMClient(options),
    functions: new lambda.LambdaClient(options),
    logs: new CloudWatchLogsClient(options),
  };
}

test("a pushed image becomes a function, which a killed cloud serves again after its restart", {
  skip: missingBusybox,
}, async (t) => {
  const folder = temporaryDirectory(t);
  const first = await startKillableCloud(t, folder);
  const { ecr, iam, functions } = clientsOf(first);
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName: "echo" }));
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const [username, password] = Buffer.from(authorizationData![0]!.authorizationToken!, "base64").toString().split(":");
  const [registry = "", name = ""] = repository!.repositoryUri!.split("/");
  const credentials = { username: username!, password: password! };
  await pushImage(pushable(), new Repository({ registry, repository: name }, { credentials }), "v1");
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "echo", AssumeRolePolicyDocument }));

  const Code = { ImageUri: `${repository!.repositoryUri}:v1` };
  const FunctionName = "echo";
  const create = { FunctionName, Role: Role!.Arn!, Code, PackageType: "Image", Publish: true } as const;
  const created = await functions.send(new lambda.CreateFunctionCommand(create));
  await lambda.waitUntilFunctionActiveV2({ client: functions, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
  await functions.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: created.Version }));

  assert.deepEqual(await echo(first, "before"), { payload: "before", version: "1" });
  await first.kill();
  await until("no process of the killed cloud is left", () => processesOf(folder).length === 0);
  const second = await startKillableCloud(t, folder);

  assert.deepEqual(await echo(second, "after"), { payload: "after", version: "1" });
  const { events } = await clientsOf(second).logs.send(
    new FilterLogEventsCommand({ logGroupName: "/aws/lambda/echo", filterPattern: "REPORT" }),
  );
  assert.ok(events!.some(({ message }) => /^REPORT RequestId: .*\tMemory Size: 128 MB\t/.test(message!)));
});

async function echo(cloud: KillableCloud, text: string) {
  const { functions } = clientsOf(cloud);
  const invoke = { FunctionName: "echo", Qualifier: "live", Payload: Buffer.from(JSON.stringify(text)) };
  const { Payload, ExecutedVersion } = await functions.send(new lambda.InvokeCommand(invoke));
  return { payload: JSON.parse(Buffer.from(Payload!).toString()) as unknown, version: ExecutedVersion };
}

function pushable(): Image {
  const { layers, config } = shellImage('while next; do respond "$event"; done');
  const built: readonly Layer[] = layers.map((files) => buildLayer(files));
  const diffIds = built.map(({ diffId }) => diffId);
  return imageOf({ os: "linux", architecture: "amd64", config, diffIds, history: [] }, built);
}

/** Processes whose command line names the folder: the cloud's own, and those that hold its environments. */
function processesOf(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return line.includes(folder) ? [line] : [];
      } catch {
        return [];
      }
    });
}
