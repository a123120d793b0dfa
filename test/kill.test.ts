// Every acknowledged call survives: the cloud is killed between the calls of a deployment.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as apigateway from "@aws-sdk/client-api-gateway";
import * as ecr from "@aws-sdk/client-ecr";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { pushImage, Repository, readImage } from "../src/image/index.js";
import { clientOf } from "./support/cloud.js";
import { startKillableCloud } from "./support/killable-cloud.js";
import { machineArchitecture, machinePlatform } from "./support/machine.js";
import { projectPath } from "./support/project.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { tepal } from "./support/tepal-cli.js";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

test("completes a deployment although the cloud is killed between its calls", {
  skip: process.platform !== "linux" && "the image holds this machine's Node, which must be a Linux one",
}, async (t) => {
  const folder = temporaryDirectory(t);
  const layout = join(folder, "layout");
  await tepal(["build", projectPath("examples/iris/iris_model.sav"), "--output", layout], folder);
  const image = await readImage(layout, { platform: machinePlatform });
  let cloud = await startKillableCloud(t, join(folder, "data"));
  const { port, url } = cloud;
  // One cloud after the other at the same address: connections to the last one are broken, so clients retry.
  const options = { ...clientOf({ ...cloud, close: async () => {} }), maxAttempts: 5 };
  const [repositories, roles, functions, apis] = [
    new ecr.ECRClient(options),
    new iam.IAMClient(options),
    new lambda.LambdaClient(options),
    new apigateway.APIGatewayClient(options),
  ];
  t.after(() => [repositories, roles, functions, apis].map((client) => client.destroy()));

  /** The results of the calls so far. */
  const made = { uri: "", password: "", role: "", arn: "", restApiId: "", rootId: "", resourceId: "" };
  const method = () => ({ restApiId: made.restApiId, resourceId: made.resourceId, httpMethod: "POST" });
  const FunctionName = "iris";
  const calls: readonly (() => Promise<unknown>)[] = [
    async () => {
      const { repository } = await repositories.send(new ecr.CreateRepositoryCommand({ repositoryName: "iris" }));
      made.uri = repository!.repositoryUri!;
    },
    async () => {
      const { authorizationData } = await repositories.send(new ecr.GetAuthorizationTokenCommand({}));
      made.password = Buffer.from(authorizationData![0]!.authorizationToken!, "base64").toString().slice(4);
    },
    async () => {
      const credentials = { username: "AWS", password: made.password };
      const repository = new Repository({ registry: `localhost:${port}`, repository: "iris" }, { credentials });
      await pushImage(image, repository, "v1");
    },
    async () => {
      const role = { RoleName: "iris", AssumeRolePolicyDocument: trust };
      made.role = (await roles.send(new iam.CreateRoleCommand(role))).Role!.Arn!;
    },
    async () => {
      const created = await functions.send(
        new lambda.CreateFunctionCommand({
          FunctionName,
          PackageType: "Image",
          Code: { ImageUri: `${made.uri}:v1` },
          Role: made.role,
          Architectures: [machineArchitecture as lambda.Architecture],
          MemorySize: 256,
          Timeout: 30,
        }),
      );
      made.arn = created.FunctionArn!;
    },
    () => lambda.waitUntilFunctionActiveV2({ client: functions, maxWaitTime: 60, minDelay: 1 }, { FunctionName }),
    async () => {
      const { id, rootResourceId } = await apis.send(new apigateway.CreateRestApiCommand({ name: "iris" }));
      Object.assign(made, { restApiId: id, rootId: rootResourceId });
    },
    async () => {
      const resource = { restApiId: made.restApiId, parentId: made.rootId, pathPart: "predict" };
      made.resourceId = (await apis.send(new apigateway.CreateResourceCommand(resource))).id!;
    },
    () => apis.send(new apigateway.PutMethodCommand({ ...method(), authorizationType: "NONE" })),
    () => {
      const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${made.arn}/invocations`;
      const integration = { ...method(), type: "AWS_PROXY", integrationHttpMethod: "POST", uri } as const;
      return apis.send(new apigateway.PutIntegrationCommand(integration));
    },
    () =>
      functions.send(
        new lambda.AddPermissionCommand({
          FunctionName,
          StatementId: "api",
          Action: "lambda:InvokeFunction",
          Principal: "apigateway.amazonaws.com",
          SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${made.restApiId}/*/POST/predict`,
        }),
      ),
    () => apis.send(new apigateway.CreateDeploymentCommand({ restApiId: made.restApiId, stageName: "prod" })),
  ];
  for (const call of calls) {
    await call();
    await cloud.kill();
    cloud = await startKillableCloud(t, join(folder, "data"), port);
  }

  const answer = await fetch(`${url}/restapis/${made.restApiId}/prod/_user_request_/predict`, {
    method: "POST",
    body: '{"values":[[5.9,3.0,5.1,2.3],[0.1,2,0.1,3]]}',
  });

  assert.deepEqual([answer.status, await answer.text()], [200, "[2,0]"]);
});
