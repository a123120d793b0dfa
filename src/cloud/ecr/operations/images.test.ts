import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ecr, pushTinyImage, startEcr } from "../../../../test/support/ecr.js";
import { digestOf, ociConfigType, ociGzipLayerType, ociIndexType, ociManifestType } from "../../../image/index.js";

const repositoryName = "iris";

async function startWithRepository(t: Parameters<typeof startEcr>[0]): Promise<Ecr> {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName });
  return ecr;
}

function indexOf(...images: readonly { digest: string; manifest: string }[]): string {
  const manifests = images.map(({ digest, manifest }) => ({
    mediaType: ociManifestType,
    digest,
    size: manifest.length,
  }));
  return JSON.stringify({ schemaVersion: 2, mediaType: ociIndexType, manifests });
}

test("lists, describes and returns an image by its tags and its digest", async (t) => {
  const ecr = await startWithRepository(t);
  const { digest, manifest } = await pushTinyImage(ecr, repositoryName, "v1");
  await pushTinyImage(ecr, repositoryName, "v2");

  assert.deepEqual(await ecr.send("ListImages", { repositoryName }), {
    imageIds: [
      { imageDigest: digest, imageTag: "v1" },
      { imageDigest: digest, imageTag: "v2" },
    ],
    nextToken: undefined,
  });
  const { imageDetails } = await ecr.send("DescribeImages", { repositoryName, imageIds: [{ imageTag: "v2" }] });
  assert.deepEqual(imageDetails, [
    {
      registryId: "000000000000",
      repositoryName,
      imageDigest: digest,
      imageTags: ["v1", "v2"],
      imageSizeInBytes: 49 + 5,
      imagePushedAt: new Date("2026-01-01T00:00:00Z"),
      imageManifestMediaType: ociManifestType,
      artifactMediaType: ociConfigType,
    },
  ]);
  const { images } = await ecr.send("BatchGetImage", { repositoryName, imageIds: [{ imageDigest: digest }] });
  assert.equal(images?.[0]?.imageManifest, manifest);
});

test("moves a tag from one image to another", async (t) => {
  const ecr = await startWithRepository(t);
  const first = await pushTinyImage(ecr, repositoryName, "v1", "one");
  const second = await pushTinyImage(ecr, repositoryName, "v1", "two");

  const tagged = await ecr.send("ListImages", { repositoryName, filter: { tagStatus: "TAGGED" } });
  const untagged = await ecr.send("ListImages", { repositoryName, filter: { tagStatus: "UNTAGGED" } });

  assert.deepEqual(tagged.imageIds, [{ imageDigest: second.digest, imageTag: "v1" }]);
  assert.deepEqual(untagged.imageIds, [{ imageDigest: first.digest }]);
});

test("keeps an image when one of its tags is deleted, and deletes it with its last tag", async (t) => {
  const ecr = await startWithRepository(t);
  const { digest } = await pushTinyImage(ecr, repositoryName, "v1");
  await pushTinyImage(ecr, repositoryName, "v2");

  const first = await ecr.send("BatchDeleteImage", { repositoryName, imageIds: [{ imageTag: "v1" }] });
  assert.deepEqual(first, { imageIds: [{ imageDigest: digest, imageTag: "v1" }], failures: [] });
  assert.equal((await ecr.send("DescribeImages", { repositoryName })).imageDetails?.length, 1);

  await ecr.send("BatchDeleteImage", { repositoryName, imageIds: [{ imageTag: "v2" }] });
  assert.deepEqual((await ecr.send("DescribeImages", { repositoryName })).imageDetails, []);
});

for (const [name, imageId, failureCode] of [
  ["neither tag nor digest", {}, "MissingDigestAndTag"],
  ["an invalid digest", { imageDigest: "sha256:1" }, "InvalidImageDigest"],
  ["an unknown tag", { imageTag: "v9" }, "ImageNotFound"],
  [
    "a tag of another digest",
    { imageTag: "v1", imageDigest: `sha256:${"0".repeat(64)}` },
    "ImageTagDoesNotMatchDigest",
  ],
] as const) {
  test(`reports a failure for an identifier with ${name}`, async (t) => {
    const ecr = await startWithRepository(t);
    await pushTinyImage(ecr, repositoryName, "v1");

    for (const operation of ["BatchGetImage", "BatchDeleteImage"] as const) {
      const { failures } = await ecr.send(operation, { repositoryName, imageIds: [imageId] });
      assert.deepEqual(
        failures?.map((failure) => failure.failureCode),
        [failureCode],
      );
    }
  });
}

test("deletes an image of an index only after the index", async (t) => {
  const ecr = await startWithRepository(t);
  const image = await pushTinyImage(ecr, repositoryName);
  await ecr.send("PutImage", { repositoryName, imageManifest: indexOf(image), imageTag: "all" });
  const imageIds = [{ imageDigest: image.digest }];

  const { failures } = await ecr.send("BatchDeleteImage", { repositoryName, imageIds });
  assert.equal(failures?.[0]?.failureCode, "ImageReferencedByManifestList");

  await ecr.send("BatchDeleteImage", { repositoryName, imageIds: [{ imageTag: "all" }] });
  assert.deepEqual((await ecr.send("BatchDeleteImage", { repositoryName, imageIds })).failures, []);
});

test("PutImage rejects manifests whose content is missing, and wrong digests", async (t) => {
  const ecr = await startWithRepository(t);
  const { manifest } = await pushTinyImage(ecr, repositoryName, "v1");
  const absent = { mediaType: ociGzipLayerType, digest: digestOf(Buffer.from("absent")), size: 6 };
  const { config } = JSON.parse(manifest) as { config: object };
  const lacking = JSON.stringify({ schemaVersion: 2, mediaType: ociManifestType, config, layers: [absent] });
  const rejects = (imageManifest: string, members: object, code: string) =>
    assert.rejects(ecr.send("PutImage", { repositoryName, imageManifest, ...members }), { code });

  await rejects(manifest, { imageTag: "v1" }, "ImageAlreadyExistsException");
  await rejects(manifest, { imageTag: "-" }, "InvalidParameterException");
  await rejects("{", {}, "InvalidParameterException");
  await rejects(lacking, {}, "LayersNotFoundException");
  await rejects(indexOf({ digest: absent.digest, manifest: "" }), {}, "ReferencedImagesNotFoundException");
  await rejects(manifest, { imageTag: "v2", imageDigest: absent.digest }, "ImageDigestDoesNotMatchException");
  await rejects(manifest.padEnd(4 * 1024 * 1024 + 1), { imageTag: "v2" }, "LimitExceededException");
  await rejects(`[${"0,".repeat(20_000)}0]`, { imageTag: "v2" }, "InvalidParameterException");
});
