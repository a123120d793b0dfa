import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { call, type Ecr, pushTinyImage, startEcr } from "../../../../test/support/ecr.js";
import { digestOf, dockerManifestType, ociIndexType, ociManifestType } from "../../../image/index.js";

const blob = Buffer.from("0123456789");
const digest = digestOf(blob);
const noDigest = `sha256:${"0".repeat(64)}`;

async function startWithRepositories(t: Parameters<typeof startEcr>[0], ...names: string[]): Promise<Ecr> {
  const ecr = startEcr(t);
  for (const repositoryName of ["iris", ...names]) await ecr.send("CreateRepository", { repositoryName });
  return ecr;
}

test("accepts only the token of GetAuthorizationToken", async (t) => {
  const { registry, passwordOf, clock } = startEcr(t);
  const password = await passwordOf();
  const forged = `${password.slice(0, -4)}AAAA`;

  const right = await registry("GET /v2/", { password });
  const rejected = await Promise.all([
    registry("GET /v2/", { password: null }),
    registry("GET /v2/", { password: forged }),
    registry("GET /v2/", { password: "" }),
    registry("GET /v2/", { password: null, headers: { authorization: `Bearer ${password}` } }),
    registry("GET /v2/iris/tags/list", { password: null }),
  ]);
  clock.advance(12 * 60 * 60 * 1000);
  const expired = await registry("GET /v2/", { password });

  assert.deepEqual([right.status, right.headers["docker-distribution-api-version"]], [200, "registry/2.0"]);
  for (const { status, code, headers } of rejected) {
    assert.deepEqual([status, code], [401, "UNAUTHORIZED"]);
    assert.equal(headers["www-authenticate"], 'Basic realm="http://localhost:4566/",service="ecr.amazonaws.com"');
  }
  assert.deepEqual([expired.status, expired.code], [403, "DENIED"]);
});

test("gives access to the repositories of the token's account and region", async (t) => {
  const ecr = await startWithRepositories(t);
  const { response } = await pushTinyImage(ecr, "iris", "v1");
  const password = await ecr.passwordOf({ ...call, region: "eu-west-1" });

  const elsewhere = await ecr.registry("GET /v2/iris/manifests/v1", { password });

  assert.equal(response.status, 201);
  assert.deepEqual([elsewhere.status, elsewhere.code], [404, "NAME_UNKNOWN"]);
  assert.deepEqual((await ecr.registry("GET /v2/_catalog", { password })).json(), { repositories: [] });
});

test("accepts a whole blob in the first request", async (t) => {
  const { registry } = await startWithRepositories(t);

  const { status, headers } = await registry(`POST /v2/iris/blobs/uploads/?digest=${digest}`, { body: blob });

  assert.deepEqual([status, headers.location], [201, `/v2/iris/blobs/${digest}`]);
  assert.deepEqual((await registry(`GET /v2/iris/blobs/${digest}`)).body, blob);
});

test("accepts a blob in chunks with a Content-Range", async (t) => {
  const { registry } = await startWithRepositories(t);

  const started = await registry("POST /v2/iris/blobs/uploads/");
  const { location } = started.headers;
  const first = await registry(`PATCH ${location}`, { body: blob.subarray(0, 4), headers: { "content-range": "0-3" } });
  const misplaced = await registry(`PATCH ${location}`, { body: "x", headers: { "content-range": "7-7" } });
  const status = await registry(`GET ${location}`);
  await registry(`PATCH ${location}`, { body: blob.subarray(4, 8), headers: { "content-range": "4-7" } });
  const completed = await registry(`PUT ${location}?digest=${digest}`, { body: blob.subarray(8) });

  assert.deepEqual([started.status, started.headers.range], [202, "0-0"]);
  assert.deepEqual([first.status, first.headers.range], [202, "0-3"]);
  assert.deepEqual([misplaced.status, misplaced.code, misplaced.headers.range], [416, "RANGE_INVALID", "0-3"]);
  assert.deepEqual([status.status, status.headers.range], [204, "0-3"]);
  assert.equal(completed.status, 201);
  assert.deepEqual((await registry(`GET /v2/iris/blobs/${digest}`)).body, blob);
  assert.equal((await registry(`GET ${location}`)).code, "BLOB_UPLOAD_UNKNOWN");
});

test("continues an interrupted upload after the received bytes", async (t) => {
  const { registry } = await startWithRepositories(t);
  const { headers } = await registry("POST /v2/iris/blobs/uploads/");
  async function* brokenOff() {
    yield blob.subarray(0, 6);
    throw new Error("aborted");
  }

  await assert.rejects(registry(`PATCH ${headers.location}`, { body: brokenOff() }), { message: "aborted" });
  const status = await registry(`GET ${headers.location}`);
  const completed = await registry(`PUT ${headers.location}?digest=${digest}`, { body: blob.subarray(6) });

  assert.deepEqual([status.headers.range, completed.status], ["0-5", 201]);
});

test("rejects a second request that writes to an upload", async (t) => {
  const { registry } = await startWithRepositories(t);
  const { headers } = await registry("POST /v2/iris/blobs/uploads/");
  const { promise, resolve } = withResolvers();
  async function* slow() {
    yield blob.subarray(0, 5);
    await promise;
    yield blob.subarray(5);
  }

  const first = registry(`PATCH ${headers.location}`, { body: slow() });
  while ((await registry(`GET ${headers.location}`)).headers.range !== "0-4") await setImmediate();
  const second = await registry(`PUT ${headers.location}?digest=${digest}`, { body: "x" });
  resolve();

  assert.deepEqual([second.status, second.code], [400, "BLOB_UPLOAD_INVALID"]);
  assert.equal((await first).headers.range, "0-9");
});

test("removes an upload whose repository is deleted meanwhile", async (t) => {
  const { send, registry, store } = await startWithRepositories(t);
  async function* deleting() {
    yield blob.subarray(0, 5);
    await send("DeleteRepository", { repositoryName: "iris" });
    yield blob.subarray(5);
  }

  const { code } = await registry(`POST /v2/iris/blobs/uploads/?digest=${digest}`, { body: deleting() });

  assert.equal(code, "NAME_UNKNOWN");
  assert.deepEqual([store.blobs.has(digest), readdirSync(store.blobs.uploadDir)], [false, []]);
});

test("deletes everything on reset, and works afterwards", async (t) => {
  const ecr = await startWithRepositories(t);
  await pushTinyImage(ecr, "iris", "v1");
  const { headers } = await ecr.registry("POST /v2/iris/blobs/uploads/");
  await ecr.registry(`PATCH ${headers.location}`, { body: blob });

  await ecr.ecr.reset?.();
  await ecr.store.clear();
  const absent = await ecr.registry("GET /v2/iris/tags/list");
  await ecr.send("CreateRepository", { repositoryName: "iris" });

  assert.deepEqual([absent.code, readdirSync(ecr.store.blobs.uploadDir)], ["NAME_UNKNOWN", []]);
  assert.equal((await ecr.registry(`GET ${headers.location}`)).code, "BLOB_UPLOAD_UNKNOWN");
  assert.equal((await pushTinyImage(ecr, "iris", "v1")).response.status, 201);
});

test("mounts a blob from a repository that has it, and starts an upload otherwise", async (t) => {
  const { registry } = await startWithRepositories(t, "base");
  await registry(`POST /v2/base/blobs/uploads/?digest=${digest}`, { body: blob });

  const unseen = await registry(`HEAD /v2/iris/blobs/${digest}`);
  const absent = await registry(`POST /v2/iris/blobs/uploads/?mount=${noDigest}&from=base`);
  const mounted = await registry(`POST /v2/iris/blobs/uploads/?mount=${digest}&from=base`);

  assert.deepEqual([unseen.status, absent.status, mounted.status], [404, 202, 201]);
  assert.equal((await registry(`HEAD /v2/iris/blobs/${digest}`)).headers["content-length"], "10");
});

for (const [range, status, contentRange, body] of [
  ["bytes=2-4", 206, "bytes 2-4/10", "234"],
  ["bytes=7-", 206, "bytes 7-9/10", "789"],
  ["bytes=7-99", 206, "bytes 7-9/10", "789"],
  ["bytes=-3", 206, "bytes 7-9/10", "789"],
  ["bytes=10-", 416, "bytes */10", undefined],
  ["bytes=-0", 416, "bytes */10", undefined],
  ["bytes=0-1,3-4", 200, undefined, "0123456789"],
  ["lines=1-2", 200, undefined, "0123456789"],
] as const) {
  test(`replies to the range ${range} of ten bytes with ${status}`, async (t) => {
    const { registry } = await startWithRepositories(t);
    await registry(`POST /v2/iris/blobs/uploads/?digest=${digest}`, { body: blob });

    const response = await registry(`GET /v2/iris/blobs/${digest}`, { headers: { range } });

    assert.deepEqual([response.status, response.headers["content-range"]], [status, contentRange]);
    if (body !== undefined) assert.equal(response.body.toString(), body);
  });
}

test("returns a manifest by tag and digest as it was pushed", async (t) => {
  const ecr = await startWithRepositories(t);
  const { digest: pushed, manifest, response } = await pushTinyImage(ecr, "iris", "v1");

  assert.equal(response.headers.location, `/v2/iris/manifests/${pushed}`);
  for (const reference of ["v1", pushed, encodeURIComponent(pushed)]) {
    const { status, headers, body } = await ecr.registry(`GET /v2/iris/manifests/${reference}`);
    assert.deepEqual([status, headers["content-type"], body.toString()], [200, ociManifestType, manifest]);
    assert.equal(headers["docker-content-digest"], pushed);
  }
});

for (const [name, line, body, contentType, status, code] of [
  ["a repository that does not exist", "POST /v2/none/blobs/uploads/", "", "", 404, "NAME_UNKNOWN"],
  ["an invalid name", "GET /v2/Iris/tags/list", "", "", 400, "NAME_INVALID"],
  ["an unknown path", "GET /v2/iris/none", "", "", 404, "NAME_UNKNOWN"],
  ["a path that is not UTF-8", "GET /v2/%ff/tags/list", "", "", 400, "NAME_INVALID"],
  ["an unsupported method", "DELETE /v2/iris/tags/list", "", "", 405, "UNSUPPORTED"],
  ["a method named like a property", "constructor /v2/iris/tags/list", "", "", 405, "UNSUPPORTED"],
  ["a blob that does not exist", `GET /v2/iris/blobs/${noDigest}`, "", "", 404, "BLOB_UNKNOWN"],
  ["an upload that does not exist", "PATCH /v2/iris/blobs/uploads/none", "", "", 404, "BLOB_UPLOAD_UNKNOWN"],
  ["bytes of another digest", `POST /v2/iris/blobs/uploads/?digest=${noDigest}`, "x", "", 400, "DIGEST_INVALID"],
  ["a digest of another kind", "POST /v2/iris/blobs/uploads/?digest=sha512:0", "x", "", 400, "DIGEST_INVALID"],
  ["a manifest that does not exist", "GET /v2/iris/manifests/v9", "", "", 404, "MANIFEST_UNKNOWN"],
  ["a reference that is neither tag nor digest", "GET /v2/iris/manifests/-v", "", "", 400, "TAG_INVALID"],
  ["a manifest that is not JSON", "PUT /v2/iris/manifests/v9", "{", ociManifestType, 400, "MANIFEST_INVALID"],
  [
    "a manifest of schema 1",
    "PUT /v2/iris/manifests/v9",
    '{"schemaVersion":1}',
    "application/vnd.docker.distribution.manifest.v1+prettyjws",
    400,
    "MANIFEST_INVALID",
  ],
  [
    "a manifest of another type than its Content-Type",
    "PUT /v2/iris/manifests/v9",
    `{"schemaVersion":2,"mediaType":"${ociManifestType}"}`,
    dockerManifestType,
    400,
    "MANIFEST_INVALID",
  ],
  [
    "a manifest without its blobs",
    "PUT /v2/iris/manifests/v9",
    `{"schemaVersion":2,"config":{"mediaType":"a","digest":"${noDigest}","size":1},"layers":[]}`,
    ociManifestType,
    404,
    "MANIFEST_BLOB_UNKNOWN",
  ],
  ["a page size that is not a number", "GET /v2/iris/tags/list?n=x", "", "", 400, "PAGINATION_NUMBER_INVALID"],
] as const) {
  test(`rejects ${name} with ${code}`, async (t) => {
    const { registry } = await startWithRepositories(t);

    const response = await registry(line, { body, headers: contentType ? { "content-type": contentType } : {} });

    assert.deepEqual([response.status, response.code], [status, code]);
  });
}

test("lists tags and repositories in pages with a link to the next one", async (t) => {
  const ecr = await startWithRepositories(t, "aa", "bb");
  for (const tag of ["v3", "v1", "v2"]) await pushTinyImage(ecr, "iris", tag);

  const tags = await ecr.registry("GET /v2/iris/tags/list?n=2");
  const names = await ecr.registry("GET /v2/_catalog?n=2&last=aa");

  assert.deepEqual(tags.json(), { name: "iris", tags: ["v1", "v2"] });
  assert.equal(tags.headers.link, '</v2/iris/tags/list?n=2&last=v2>; rel="next"');
  assert.deepEqual([names.json(), names.headers.link], [{ repositories: ["bb", "iris"] }, undefined]);
});

test("lists the referrers of an image", async (t) => {
  const ecr = await startWithRepositories(t);
  const { digest: subject, manifest } = await pushTinyImage(ecr, "iris", "v1");
  const signature = await pushTinyImage(ecr, "iris", undefined, "signature", {
    artifactType: "application/vnd.example.signature",
    subject: { mediaType: ociManifestType, digest: subject, size: manifest.length },
  });

  const all = await ecr.registry(`GET /v2/iris/referrers/${subject}`);
  const others = await ecr.registry(`GET /v2/iris/referrers/${subject}?artifactType=other`);

  assert.equal(signature.response.headers["oci-subject"], subject);
  assert.deepEqual(all.json(), {
    schemaVersion: 2,
    mediaType: ociIndexType,
    manifests: [
      {
        mediaType: ociManifestType,
        digest: signature.digest,
        size: signature.manifest.length,
        artifactType: "application/vnd.example.signature",
      },
    ],
  });
  assert.deepEqual(
    [(others.json() as { manifests: [] }).manifests, others.headers["oci-filters-applied"]],
    [[], "artifactType"],
  );
});

test("deletes only a tag by tag, and the image with its tags by digest", async (t) => {
  const { registry, ...ecr } = await startWithRepositories(t);
  const { digest: pushed } = await pushTinyImage({ registry }, "iris", "v1");

  const untagged = await registry("DELETE /v2/iris/manifests/v1");
  const byDigest = await registry(`HEAD /v2/iris/manifests/${pushed}`);
  const deleted = await registry(`DELETE /v2/iris/manifests/${pushed}`);

  assert.deepEqual([untagged.status, byDigest.status, deleted.status], [202, 200, 202]);
  assert.deepEqual((await ecr.send("ListImages", { repositoryName: "iris" })).imageIds, []);
});

test("deletes a blob unless an image uses it", async (t) => {
  const ecr = await startWithRepositories(t);
  const { layer } = await pushTinyImage(ecr, "iris", "v1");
  await ecr.registry(`POST /v2/iris/blobs/uploads/?digest=${digest}`, { body: blob });

  const needed = await ecr.registry(`DELETE /v2/iris/blobs/${layer}`);
  const free = await ecr.registry(`DELETE /v2/iris/blobs/${digest}`);

  assert.deepEqual([needed.status, needed.code, free.status], [405, "UNSUPPORTED", 202]);
  assert.equal(ecr.store.blobs.has(digest), false);
});

test("replies to random requests without an internal error", async (t) => {
  const ecr = await startWithRepositories(t);
  const { digest: image, layer, manifest } = await pushTinyImage(ecr, "iris", "v1");
  const password = await ecr.passwordOf();
  const words = [
    "",
    "/",
    "..",
    "%2f",
    "%",
    "\0",
    "é",
    "iris",
    "blobs",
    "uploads",
    "manifests",
    "v1",
    image,
    layer,
    "x".repeat(3000),
  ];
  const values = ["", "0", "-1", "999999999999999999999", "bytes=0-", "bytes=5-2", "0-0", "sha256:", layer, "\0", "{}"];
  const bodies = [
    "",
    "{",
    "[]",
    "null",
    manifest,
    manifest.replace(/\d+/g, "-1"),
    manifest.replace(/"layers"/, '"manifests"'),
  ];
  const random = randomNumbers(20261122);
  const pick = <T>(list: readonly T[]): T => list[random() % list.length]!;
  const path = () => Array.from({ length: random() % 5 }, () => pick(words)).join("/");

  for (let round = 0; round < 2000; round++) {
    const tail = pick([
      path,
      () => `iris/blobs/uploads/${pick(words)}`,
      () => `iris/${pick(["manifests", "blobs", "referrers"])}/${pick(words)}`,
    ])();
    const query = `${pick(["digest", "mount", "n", "last", "token", "artifactType"])}=${encodeURIComponent(pick(values))}`;
    const line = `${pick(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])} /v2/${tail}?${query}`;
    const headers = {
      range: pick(values),
      "content-range": pick(values),
      "content-type": pick([ociManifestType, ociIndexType, "x"]),
    };
    const { status } = await ecr.registry(line, { password, headers, body: pick(bodies) });
    assert.ok(status >= 200 && status < 500, `${line} returned ${status}`);
  }
});

/** Random numbers that are the same in every run (xorshift32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
