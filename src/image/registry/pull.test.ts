import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { startRegistry, type TestRegistry } from "../../../test/support/registry.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { bytesBlob, descriptorOf, readBlob } from "../blob.js";
import { parseDigest } from "../digest.js";
import { baseOf, buildFunctionImage } from "../function-image.js";
import { configOf, type Image, imageOf } from "../image.js";
import { buildLayer } from "../layer/build-layer.js";
import { ociGzipLayerType, ociIndexType } from "../media-types.js";
import { parseReference } from "../reference.js";
import { pullImage } from "./pull.js";
import { pushImage } from "./push.js";
import { Repository } from "./repository.js";

const layer = { ...bytesBlob(randomBytes(500_000), ociGzipLayerType), diffId: parseDigest(`sha256:${"0".repeat(64)}`) };
const imageFor = (architecture: string, variant?: string): Image =>
  imageOf({ os: "linux", architecture, variant, config: {}, diffIds: [layer.diffId], history: [] }, [layer]);
const amd64 = { os: "linux", architecture: "amd64" };
const sleep = async () => {};

/** Pushes images for several platforms, and an index of them with an attestation, as buildx does. */
async function pushIndex({ host }: TestRegistry, platforms: readonly (readonly [string, string?])[]): Promise<void> {
  const to = new Repository({ registry: host, repository: "base" }, { sleep });
  const manifests: object[] = [];
  for (const [architecture, variant] of platforms) {
    const image = imageFor(architecture, variant);
    await pushImage(image, to, image.manifest.digest);
    const platform = { os: "linux", architecture, variant };
    manifests.push({ ...descriptorOf(image.manifest), platform });
    manifests.push({ ...descriptorOf(image.manifest), platform: { os: "unknown", architecture: "unknown" } });
  }
  const index = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: ociIndexType, manifests: manifests.reverse() }),
  );
  await to.putManifest("v1", bytesBlob(index, ociIndexType));
}

test("selects the image for a platform from an index, and downloads a layer once, when it is read", async (t) => {
  const registry = await startRegistry(t);
  await pushIndex(registry, [["arm64"], ["amd64"], ["arm", "v7"]]);
  const options = { platform: amd64, cacheDir: temporaryDirectory(t), sleep };
  registry.requests.length = 0;

  const image = await pullImage({ registry: registry.host, repository: "base", tag: "v1" }, options);
  assert.equal((await configOf(image)).architecture, "amd64");
  assert.equal(registry.requests.filter((line) => line.endsWith(layer.digest)).length, 0);
  await readBlob(image.layers[0]!);
  await readBlob(image.layers[0]!);
  assert.equal(registry.requests.filter((line) => line.endsWith(layer.digest)).length, 1);
});

test("needs no registry for a digest that was pulled before", async (t) => {
  const registry = await startRegistry(t);
  await pushIndex(registry, [["amd64"]]);
  const options = { platform: amd64, cacheDir: temporaryDirectory(t), sleep };
  const { digest } = imageFor("amd64").manifest;
  const first = await pullImage({ registry: registry.host, repository: "base", digest }, options);
  await readBlob(first.layers[0]!);
  registry.requests.length = 0;

  const again = await pullImage({ registry: registry.host, repository: "base", digest }, options);
  await readBlob(again.layers[0]!);

  assert.deepEqual(registry.requests, []);
});

test("pushes a function image on a pulled base, with the base's layers", async (t) => {
  const registry = await startRegistry(t);
  await pushIndex(registry, [["amd64"]]);
  const options = { platform: amd64, cacheDir: temporaryDirectory(t), sleep };
  const base = await baseOf(await pullImage(parseReference(`${registry.host}/base:v1`), options));
  const bundle = buildLayer([{ path: "var/task/function.cjs", content: Buffer.from("0") }]);
  const image = buildFunctionImage({
    base,
    bundle,
    files: [{ name: "iris.sav", bytes: Buffer.from("model") }],
    title: "iris.sav",
  });

  await pushImage(image, new Repository({ registry: registry.host, repository: "sent" }, { sleep }), "v1");

  assert.equal(registry.blobs.get("sent")?.get(layer.digest)?.length, layer.size);
});

test("resumes a download whose connection breaks", async (t) => {
  const registry = await startRegistry(t, { dropBlobAfter: [100_000, 0, 50_000, 0, 0, 10] });
  await pushIndex(registry, [["amd64"]]);
  const from = new Repository({ registry: registry.host, repository: "base" }, { sleep });
  const pieces: Uint8Array[] = [];

  for await (const piece of from.open(layer)) pieces.push(piece);

  assert.ok(Buffer.concat(pieces).equals(Buffer.from(await readBlob(layer))));
});

async function wrongBlob({ blobs }: TestRegistry): Promise<void> {
  const { digest } = imageFor("amd64").config;
  const stored = blobs.get("base")!;
  stored.set(digest, Buffer.from(stored.get(digest)!.toString().replace("amd64", "AMD64")));
}
async function cutBlob({ blobs }: TestRegistry): Promise<void> {
  const stored = blobs.get("base")!;
  const { digest } = imageFor("amd64").config;
  stored.set(digest, stored.get(digest)!.subarray(1));
}
const unknown = `@sha256:${"0".repeat(64)}`;
for (const [name, spoil, tag, platform, code, message] of [
  [
    "another platform",
    async () => {},
    ":v1",
    "s390x",
    "image-platform",
    /has no image for linux\/s390x, only for linux\/amd64$/,
  ],
  ["an unknown tag", async () => {}, ":v2", "amd64", "registry-not-found", /base:v2 not found/],
  ["an unknown digest", async () => {}, unknown, "amd64", "registry-not-found", /not found/],
  [
    "a blob that was changed",
    wrongBlob,
    ":v1",
    "amd64",
    "image-digest-mismatch",
    /^Expected sha256:\w+, found sha256:\w+$/,
  ],
  ["a blob that was cut short", cutBlob, ":v1", "amd64", "image-digest-mismatch", /bytes, expected/],
] as const) {
  test(`rejects ${name}`, async (t) => {
    const registry = await startRegistry(t);
    await pushIndex(registry, [["amd64"]]);
    await spoil(registry);

    const reference = parseReference(`${registry.host}/base${tag}`);
    const options = { platform: { os: "linux", architecture: platform }, cacheDir: temporaryDirectory(t), sleep };
    await assert.rejects(pullImage(reference, options), { code, message });
  });
}

test("rejects an image for another architecture that is not in an index", async (t) => {
  const registry = await startRegistry(t);
  const arm = imageFor("arm64");
  await pushImage(arm, new Repository({ registry: registry.host, repository: "base" }), "arm");

  const options = { platform: amd64, cacheDir: temporaryDirectory(t), sleep };
  await assert.rejects(pullImage({ registry: registry.host, repository: "base", tag: "arm" }, options), {
    code: "image-platform",
    message: /is for linux\/arm64, expected linux\/amd64$/,
  });
});

test("reports the bytes of a layer while it is downloaded, and nothing for a cached one", async (t) => {
  const registry = await startRegistry(t);
  await pushIndex(registry, [["amd64"]]);
  const reports: { done: number; total: number }[] = [];
  const onProgress = (progress: { done: number; total: number }) => reports.push(progress);
  const options = { platform: amd64, cacheDir: temporaryDirectory(t), sleep, onProgress };

  const image = await pullImage({ registry: registry.host, repository: "base", tag: "v1" }, options);
  await readBlob(image.layers[0]!);
  const { total } = reports.at(-1)!;
  const count = reports.length;
  await readBlob(image.layers[0]!);

  assert.ok(total >= layer.size);
  assert.equal(reports.at(-1)?.done, total);
  assert.equal(reports.length, count);
});
