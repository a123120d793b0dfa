import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pushTinyImage, startEcr } from "../../../../test/support/ecr.js";
import { temporaryDirectory } from "../../../../test/support/temporary-directory.js";
import { layerGraceMs } from "./layers.js";

test("removes the blobs of a deleted image that no other image of the repository uses", async (t) => {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName: "iris" });
  const first = await pushTinyImage(ecr, "iris", "v1", "one");
  const second = await pushTinyImage(ecr, "iris", "v2", "two");
  ecr.clock.advance(layerGraceMs + 1);

  await ecr.send("BatchDeleteImage", { repositoryName: "iris", imageIds: [{ imageTag: "v1" }] });

  const { blobs } = ecr.store;
  assert.deepEqual(
    [first.layer, second.layer, first.config].map((digest) => blobs.has(digest)),
    [false, true, true],
  );
});

test("removes a blob when the last repository that holds it is deleted", async (t) => {
  const ecr = startEcr(t);
  for (const repositoryName of ["one", "two"]) await ecr.send("CreateRepository", { repositoryName });
  const { layer } = await pushTinyImage(ecr, "one", "v1");
  await ecr.registry(`POST /v2/two/blobs/uploads/?mount=${layer}&from=one`);

  await ecr.send("DeleteRepository", { repositoryName: "one", force: true });
  const kept = ecr.store.blobs.has(layer);
  await ecr.send("DeleteRepository", { repositoryName: "two" });

  assert.deepEqual([kept, ecr.store.blobs.has(layer)], [true, false]);
});

test("keeps a blob that a push was told about until the push is complete", async (t) => {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName: "iris" });
  const { layer, digest, manifest } = await pushTinyImage(ecr, "iris", "v1");
  ecr.clock.advance(layerGraceMs + 1);

  await ecr.registry(`HEAD /v2/iris/blobs/${layer}`);
  await ecr.registry(`HEAD /v2/iris/blobs/${(JSON.parse(manifest) as { config: { digest: string } }).config.digest}`);
  await ecr.send("BatchDeleteImage", { repositoryName: "iris", imageIds: [{ imageDigest: digest }] });
  const { status } = await ecr.registry("PUT /v2/iris/manifests/v2", { body: manifest });

  assert.equal(status, 201);
});

test("removes the files and the half-released blobs of a killed process", async (t) => {
  const folder = temporaryDirectory(t);
  const before = startEcr(t, { folder });
  await before.send("CreateRepository", { repositoryName: "iris" });
  await before.registry("POST /v2/iris/blobs/uploads/");
  const { layer, config } = await pushTinyImage(before, "iris", "v1");
  writeFileSync(join(before.store.blobs.uploadDir, "ecr-upload-left"), "half a layer");
  // The state after a kill between the documents and the files of a deletion.
  before.store.write(() => {
    before.store.collection("ecr-layer-holders").remove([layer, "000000000000", "us-east-1", "iris"]);
    before.store.collection("ecr-unheld-blobs").put([layer], true);
    before.store.collection("ecr-unheld-blobs").put([config], true);
  });
  await before.store.close();

  const after = startEcr(t, { folder });

  assert.deepEqual(
    [layer, config].map((digest) => after.store.blobs.has(digest)),
    [false, true],
  );
  assert.deepEqual(readdirSync(after.store.blobs.uploadDir), []);
});
