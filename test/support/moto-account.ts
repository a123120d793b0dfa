// A deployer's account at moto, an AWS that is independent of this project. moto has ECR's API but no registry, so
// images are put through the API; it has no UpdateModel and UpdateMethod, which this file implements.

import { createHash } from "node:crypto";
import type { TestContext } from "node:test";
import {
  APIGatewayClient,
  GetMethodCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import type { Client, MetadataBearer } from "@smithy/types";
import { systemClock } from "../../src/base/index.js";
import {
  type Applied,
  applyPlan,
  type Context,
  connectAws,
  type DesiredImage,
  desiredState,
  namesOf,
  planDeployment,
  planText,
  type Spec,
  specDefaults,
} from "../../src/deploy/index.js";
import { irisSignature } from "./iris.js";
import { startMoto } from "./moto.js";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const spec: Spec = { name: "iris", ...specDefaults };

/** An image with a manifest and no blobs, put through ECR's API. */
function imageOf(content: string, endpoint: string): DesiredImage {
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
          // Otherwise moto invents a digest.
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

export interface Account {
  readonly context: Context;
  /** Names of the commands that were sent and change something. */
  readonly sent: string[];
  /** Makes the next command of this name fail after AWS has executed it. */
  failAfter(command: string): void;
  deploy(changes?: {
    spec?: Partial<Spec>;
    image?: string;
    missing?: boolean;
    removeProtection?: boolean;
  }): Promise<Applied & { readonly plan: string }>;
}

export async function startAccount(t: TestContext): Promise<Account> {
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
          const answer = await answerOf(name, args.input, () => next(args));
          if (failing !== name) return answer;
          failing = undefined;
          throw new Error("interrupted");
        },
      { step: "initialize", name: "observed" },
    );
  }

  const gateway = new APIGatewayClient({ endpoint, region: "us-east-1", credentials });
  t.after(() => gateway.destroy());
  async function answerOf<T>(name: string, input: object, next: () => Promise<T>) {
    if (name !== "UpdateModel" && name !== "UpdateMethod") return next();
    const output = name === "UpdateMethod" ? await updateMethod(gateway, input as MethodUpdate) : {};
    return { output: { ...output, $metadata: {} }, response: {} };
  }

  return {
    context,
    sent,
    failAfter: (command) => {
      failing = command;
    },
    deploy: async ({ spec: changes = {}, image = "model 1", missing = false, removeProtection = false } = {}) => {
      const features = irisSignature.features.map((feature) => ({ ...feature, missing }));
      const state = desiredState(
        { ...spec, ...changes },
        { kind: "model", signature: { ...irisSignature, features } },
        imageOf(image, endpoint),
        aws.place,
        { clientErrorPrefix: "[400] ", removeProtection },
      );
      const plan = await planDeployment(context, state);
      return { ...(await applyPlan(context, plan)), plan: planText(plan) };
    },
  };
}

interface MethodUpdate {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly patchOperations: readonly PatchOperation[];
}

/** UpdateMethod by means of PutMethod, which drops the integration. */
async function updateMethod(gateway: APIGatewayClient, { patchOperations, ...target }: MethodUpdate): Promise<object> {
  const { methodIntegration, ...method } = await gateway.send(new GetMethodCommand(target));
  const patched = (path: string) => patchOperations.find((operation) => operation.path === path)?.value;
  const changed = {
    authorizationType: patched("/authorizationType") ?? method.authorizationType ?? "NONE",
    authorizerId: patched("/authorizerId") ?? method.authorizerId,
    apiKeyRequired: (patched("/apiKeyRequired") ?? String(method.apiKeyRequired)) === "true",
  };
  await gateway.send(new PutMethodCommand({ ...target, ...changed }));
  const { type, uri, requestTemplates } = methodIntegration ?? {};
  const integration = { ...target, type, uri, requestTemplates, integrationHttpMethod: "POST" };
  await gateway.send(new PutIntegrationCommand(integration));
  return changed;
}

/** The resources that a deployment created or updated: "alias updated". */
export function changed({ done }: Applied): string[] {
  return done.filter(({ did }) => did !== "unchanged").map(({ kind, did }) => `${kind} ${did}`);
}
