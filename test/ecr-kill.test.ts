// Nothing acknowledged is lost: the cloud is killed repeatedly during a push.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import * as ecr from "@aws-sdk/client-ecr";
import { ECRClient } from "@aws-sdk/client-ecr";
import { digestOf, ociConfigType, ociGzipLayerType, ociManifestType } from "../src/image/index.js";
import { clientOf } from "./support/cloud.js";
import { type KillableCloud, startKillableCloud } from "./support/killable-cloud.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const blobs = Array.from({ length: 40 }, (_, index) => randomBytes(index === 0 ? 50 : 200_000));
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: ociManifestType,
  config: { mediaType: ociConfigType, digest: digestOf(blobs[0]!), size: blobs[0]!.length },
  layers: blobs.slice(1).map((blob) => ({ mediaType: ociGzipLayerType, digest: digestOf(blob), size: blob.length })),
});

/** A minimal registry client, with one request for each blob. */
function pusherOf({ url }: KillableCloud, authorization: string) {
  const send = async (path: string, options: { method: string; body?: Uint8Array | string }) =>
    (await fetch(`${url}/v2/iris/${path}`, { ...options, headers: { authorization } })).status;
  return {
    has: async (blob: Uint8Array) => (await send(`blobs/${digestOf(blob)}`, { method: "HEAD" })) === 200,
    push: (blob: Uint8Array) => send(`blobs/uploads/?digest=${digestOf(blob)}`, { method: "POST", body: blob }),
    tag: (tag: string) => send(`manifests/${tag}`, { method: "PUT", body: manifest }),
    tagged: async (tag: string) => (await send(`manifests/${tag}`, { method: "HEAD" })) === 200,
  };
}

test("keeps the blobs and tags acknowledged before kill -9, and completes a repeated push", async (t) => {
  const folder = temporaryDirectory(t);
  let cloud = await startKillableCloud(t, folder);
  const client = new ECRClient(clientOf({ ...cloud, close: async () => {} }));
  t.after(() => client.destroy());
  await client.send(new ecr.CreateRepositoryCommand({ repositoryName: "iris" }));
  const { authorizationData } = await client.send(new ecr.GetAuthorizationTokenCommand({}));
  // The token is valid after a restart.
  const authorization = `Basic ${authorizationData![0]!.authorizationToken}`;
  const acknowledged = new Set<Uint8Array>();

  for (const killAfter of [5, 15, 25]) {
    const { push } = pusherOf(cloud, authorization);
    const missing = blobs.filter((blob) => !acknowledged.has(blob));
    let killed: Promise<void> | undefined;
    await Promise.allSettled(
      missing.map(async (blob) => {
        if ((await push(blob)) === 201) acknowledged.add(blob);
        if (acknowledged.size >= killAfter) killed ??= cloud.kill();
      }),
    );
    await killed;
    cloud = await startKillableCloud(t, folder);
    const { has } = pusherOf(cloud, authorization);
    for (const blob of acknowledged) assert.ok(await has(blob), `${digestOf(blob)} was acknowledged`);
  }

  const { push, tag } = pusherOf(cloud, authorization);
  for (const blob of blobs) if (!acknowledged.has(blob)) assert.equal(await push(blob), 201);
  assert.equal(await tag("v1"), 201);
  await cloud.kill();
  cloud = await startKillableCloud(t, folder);
  assert.ok(await pusherOf(cloud, authorization).tagged("v1"));
});
