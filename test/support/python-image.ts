// A function made of an image in an OCI layout, in a cloud of the test.

import type { TestContext } from "node:test";
import { CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { parseReference, pushImage, Repository, readImage } from "../../src/image/index.js";
import { clientOf, startTestCloud } from "./cloud.js";
import { machinePlatform } from "./machine.js";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
/** Without compiled files, scikit-learn is compiled when it is imported: seconds on a busy machine. */
const Timeout = 120;

/** Pushes the image and returns what invokes its function. */
export async function deployLayout(t: TestContext, path: string): Promise<(event: unknown) => Promise<unknown>> {
  const options = clientOf(await startTestCloud(t));
  const [ecr, iam, functions] = [new ECRClient(options), new IAMClient(options), new lambda.LambdaClient(options)];
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName: "code" }));
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const [username = "", password = ""] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? "", "base64")
    .toString()
    .split(":");
  const reference = parseReference(repository?.repositoryUri ?? "");
  const credentials = { username, password };
  await pushImage(
    await readImage(path, { platform: machinePlatform }),
    new Repository(reference, { credentials }),
    "v1",
  );
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "code", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const FunctionName = "code";
  const Code = { ImageUri: `${repository?.repositoryUri}:v1` };
  const settings = { Role: Role?.Arn, PackageType: "Image", MemorySize: 1024, Timeout } as const;
  await functions.send(new lambda.CreateFunctionCommand({ FunctionName, Code, ...settings }));
  await lambda.waitUntilFunctionActiveV2({ client: functions, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
  return async (event) => {
    const Payload = Buffer.from(JSON.stringify(event));
    const response = await functions.send(new lambda.InvokeCommand({ FunctionName, Payload }));
    return JSON.parse(Buffer.from(response.Payload ?? []).toString());
  };
}
