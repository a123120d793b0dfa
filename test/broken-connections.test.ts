// Tepal's registry client against registries of others, over connections that break.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import * as ecr from "@aws-sdk/client-ecr";
import { bytesBlob, type Credentials, ociGzipLayerType, Repository, readBlob } from "../src/image/index.js";
import { clientOf, startTestCloud } from "./support/cloud.js";
import { startCuttingProxy } from "./support/cutting-proxy.js";
import { startDistribution } from "./support/distribution.js";
import { missing } from "./support/programs.js";

interface Target {
  readonly host: string;
  readonly credentials?: Credentials;
}

async function startCloudRegistry(t: TestContext): Promise<Target> {
  const cloud = await startTestCloud(t);
  const client = new ecr.ECRClient(clientOf(cloud));
  t.after(() => client.destroy());
  await client.send(new ecr.CreateRepositoryCommand({ repositoryName: "iris" }));
  const { authorizationData } = await client.send(new ecr.GetAuthorizationTokenCommand({}));
  const [username = "", password = ""] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? "", "base64")
    .toString()
    .split(":");
  return { host: `127.0.0.1:${cloud.port}`, credentials: { username, password } };
}

for (const [name, skip, start] of [
  ["the cloud's registry", false, startCloudRegistry],
  [
    "the distribution project's registry",
    missing("docker-registry"),
    async (t: TestContext) => ({ host: await startDistribution(t) }),
  ],
] as const) {
  test(`pushes a large blob to ${name} over connections that break`, { skip }, async (t) => {
    const { host, credentials }: Target = await start(t);
    const proxy = await startCuttingProxy(t, host, [2_000_000, 1_000_000, 100]);
    const blob = bytesBlob(randomBytes(5_000_000), ociGzipLayerType);
    const repository = new Repository(
      { registry: proxy.host, repository: "iris" },
      { credentials, sleep: async () => {} },
    );

    await repository.upload(blob);

    assert.equal(proxy.cuts.count, 3);
    assert.ok(await repository.has(blob.digest));
    const stored = await readBlob({ ...blob, open: () => repository.open(blob) }, blob.size);
    assert.ok(Buffer.from(stored).equals(Buffer.from(await readBlob(blob, blob.size))));
  });
}
