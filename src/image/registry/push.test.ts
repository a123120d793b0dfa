import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { startRegistry, type TestRegistryOptions } from "../../../test/support/registry.js";
import { bytesBlob } from "../blob.js";
import { type Image, imageOf } from "../image.js";
import { buildLayer } from "../layer/build-layer.js";
import { ociGzipLayerType } from "../media-types.js";
import { pushImage } from "./push.js";
import { Repository, type RepositoryOptions } from "./repository.js";

const platform = { os: "linux", architecture: "amd64" };
const lower = buildLayer([{ path: "lower", content: Buffer.from("lower") }]);
const withModel = (model: string): Image => {
  const upper = buildLayer([{ path: "model", content: Buffer.from(model) }]);
  return imageOf({ ...platform, config: {}, diffIds: [lower.diffId, upper.diffId], history: [] }, [lower, upper]);
};
const repository = (host: string, options: RepositoryOptions = {}) =>
  new Repository({ registry: host, repository: "iris" }, { sleep: async () => {}, ...options });
/** A layer that is too large for one request; registries do not read its bytes. */
const large = bytesBlob(randomBytes(3_000_000), ociGzipLayerType);

test("sends every blob and then the manifest", async (t) => {
  const { host, requests, manifests } = await startRegistry(t);
  const image = withModel("one");

  const pushed = await pushImage(image, repository(host), "v1");

  assert.equal(requests.at(-1), "PUT manifests v1");
  assert.equal(requests.filter((line) => line === "PUT blobs upload").length, 3);
  assert.ok(manifests.get("iris")?.has(image.manifest.digest));
  assert.deepEqual([pushed.bytesSent > image.manifest.size, pushed.bytesPresent], [true, 0]);
});

test("sends no blob again on a second push", async (t) => {
  const { host, requests } = await startRegistry(t);
  await pushImage(withModel("one"), repository(host), "v1");
  requests.length = 0;

  const pushed = await pushImage(withModel("one"), repository(host), "v2");

  assert.deepEqual(
    requests.map((line) => line.replace(/sha256:.*/, "")),
    ["HEAD blobs ", "HEAD blobs ", "HEAD blobs ", "PUT manifests v2"],
  );
  const { manifest, config, layers } = withModel("one");
  const present = config.size + layers.reduce((sum, { size }) => sum + size, 0);
  assert.deepEqual([pushed.bytesSent, pushed.bytesPresent], [manifest.size, present]);
});

test("sends only layer, config and manifest of a new model", async (t) => {
  const { host, requests, received } = await startRegistry(t);
  await pushImage(withModel("one"), repository(host), "v1");
  const image = withModel("two");
  requests.length = 0;
  received.bytes = 0;

  const pushed = await pushImage(image, repository(host), "v2");

  assert.deepEqual(requests.map((line) => line.replace(/sha256:.*/, "")).sort(), [
    "HEAD blobs ",
    "HEAD blobs ",
    "HEAD blobs ",
    "POST blobs uploads/",
    "POST blobs uploads/",
    "PUT blobs upload",
    "PUT blobs upload",
    "PUT manifests v2",
  ]);
  assert.equal(received.bytes, image.config.size + image.layers[1]!.size + image.manifest.size);
  assert.equal(pushed.bytesSent, received.bytes);
});

for (const [name, registry, options] of [
  [
    "Basic",
    { auth: { scheme: "basic", user: "AWS", password: "secret" } },
    { credentials: { username: "AWS", password: "secret" } },
  ],
  ["Bearer token", { auth: { scheme: "bearer" } }, {}],
  [
    "Bearer token and password",
    { auth: { scheme: "bearer", user: "me", password: "p" } },
    { credentials: { username: "me", password: "p" } },
  ],
] as const satisfies readonly (readonly [string, TestRegistryOptions, RepositoryOptions])[]) {
  test(`pushes to a registry with ${name} authentication`, async (t) => {
    const { host, manifests } = await startRegistry(t, registry);

    await pushImage(withModel("one"), repository(host, options), "v1");

    assert.ok(manifests.get("iris")?.has("v1"));
  });
}

for (const [name, drops] of [
  ["once", [1_000_000]],
  ["repeatedly", [200_000, 300_000, 100_000, 100_000, 100_000, 100_000, 100_000]],
  ["before anything has arrived", [0, 0]],
] as const) {
  test(`resumes an upload whose connection breaks ${name}`, async (t) => {
    const { host, blobs, received } = await startRegistry(t, { dropPatchAfter: [...drops] });
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);

    await repository(host, { sleep }).upload(large);

    assert.equal(blobs.get("iris")?.get(large.digest)?.length, large.size);
    assert.equal(received.bytes, large.size);
    assert.equal(waits.length, drops.length);
  });
}

test("waits as long as Retry-After says", async (t) => {
  let rejections = 0;
  const fault = (line: string) =>
    line.startsWith("HEAD") && rejections++ < 2 ? { status: 429, retryAfter: 7 } : undefined;
  const { host } = await startRegistry(t, { fault });
  const waits: number[] = [];

  await repository(host, { sleep: async (ms) => void waits.push(ms) }).has(large.digest);

  assert.deepEqual(waits, [7000, 7000]);
});

test("retries after a broken connection", async (t) => {
  let drops = 0;
  const { host } = await startRegistry(t, { fault: () => (drops++ < 3 ? "drop" : undefined) });

  assert.equal(await repository(host).has(large.digest), false);
});

for (const [name, registry, code, message] of [
  [
    "rejects the request",
    { fault: () => ({ status: 400 }) },
    "registry-error",
    /^HEAD 127\.0\.0\.1:\d+\/v2\/iris\/blobs\/sha256:\w+ returned 400, expected 200 or 404/,
  ],
  [
    "stays overloaded",
    { fault: () => ({ status: 503 }) },
    "registry-error",
    /returned 503, expected 200 or 404 \(5 attempts\)$/,
  ],
  ["drops every connection", { fault: () => "drop" }, "registry-unreachable", /socket hang up.*\(5 attempts\)$/],
  [
    "rejects the password",
    { auth: { scheme: "basic", user: "a", password: "b" } },
    "registry-unauthorized",
    /returned 401/,
  ],
  [
    "rejects the password for its token",
    { auth: { scheme: "bearer", user: "a", password: "b" } },
    "registry-unauthorized",
    /returned 401 for a token request$/,
  ],
] as const satisfies readonly (readonly [string, TestRegistryOptions, string, RegExp])[]) {
  test(`reports a registry that ${name}, without the password`, async (t) => {
    const { host } = await startRegistry(t, registry);
    const credentials = { username: "AWS", password: "secret" };

    await assert.rejects(repository(host, { credentials }).has(large.digest), (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.doesNotMatch(JSON.stringify(error), /secret/);
      return true;
    });
  });
}

test("reports an unreachable registry at once, with its address", async () => {
  const sleep = async () => assert.fail("waited");

  await assert.rejects(repository("127.0.0.1:1", { sleep }).has(large.digest), {
    code: "registry-unreachable",
    message: /127\.0\.0\.1:1/,
  });
});

test("reports the bytes that are sent, of those that the registry does not have", async (t) => {
  const { host } = await startRegistry(t);
  await pushImage(withModel("one"), repository(host), "v1");
  const image = imageOf({ ...platform, config: {}, diffIds: [], history: [] }, [lower, large]);
  const reports: { done: number; total: number }[] = [];

  await pushImage(image, repository(host), "v2", { onProgress: (progress) => reports.push(progress) });

  const total = image.config.size + large.size;
  assert.ok(reports.length >= 2);
  assert.ok(reports.every(({ done }, index) => done >= (reports[index - 1]?.done ?? 0)));
  assert.deepEqual(reports.at(-1), { done: total, total });
});

test("reports an upload that resumes without counting its bytes twice", async (t) => {
  const { host } = await startRegistry(t, { dropPatchAfter: [1_000_000] });
  const image = imageOf({ ...platform, config: {}, diffIds: [], history: [] }, [large]);
  let last = { done: 0, total: 0 };

  await pushImage(image, repository(host), "v1", { onProgress: (progress) => (last = progress) });

  assert.equal(last.done, image.config.size + large.size);
});
