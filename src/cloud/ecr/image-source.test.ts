import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { call, pushTinyImage, startEcr } from "../../../test/support/ecr.js";
import { ociConfigType, ociIndexType, ociManifestType } from "../../image/index.js";

test("finds an image by tag and by digest, with its config and the files of its layers", async (t) => {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName: "iris" });
  const { digest, layer } = await pushTinyImage(ecr, "iris", "v1");

  for (const uri of ["localhost:4566/iris:v1", `127.0.0.1:4566/iris@${digest}`, `localhost:4566/iris:gone@${digest}`]) {
    const found = ecr.ecr.images.resolve(uri, call);
    assert.equal(found.digest, digest);
    assert.match(found.resolvedImageUri, new RegExp(`^(localhost|127\\.0\\.0\\.1):4566/iris@${digest}$`));
    assert.deepEqual(JSON.parse(Buffer.from(found.config).toString()).os, "linux");
    assert.deepEqual(
      found.layers.map((item) => [item.digest, item.size, readFileSync(item.path, "utf8")]),
      [[layer, 5, "layer"]],
    );
  }
});

test("uses the account and region in the host of an AWS registry", async (t) => {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName: "iris" }, { ...call, region: "eu-west-1" });
  const password = await ecr.passwordOf({ ...call, region: "eu-west-1" });
  const registry: typeof ecr.registry = (line, question) => ecr.registry(line, { ...question, password });
  const { digest } = await pushTinyImage({ registry }, "iris", "v1");

  const found = ecr.ecr.images.resolve("000000000000.dkr.ecr.eu-west-1.amazonaws.com/iris:v1", call);

  assert.equal(found.digest, digest);
});

for (const [name, uri, message] of [
  ["an image that does not exist", "localhost:4566/iris:none", "does not exist. Provide a valid source image."],
  ["a repository that does not exist", "localhost:4566/none:v1", "does not exist. Provide a valid source image."],
  ["another registry", "docker.io/library/iris:v1", "is not valid. Provide a valid source image."],
  ["another port", "localhost:5000/iris:v1", "is not valid. Provide a valid source image."],
  ["an invalid reference", "localhost:4566/IRIS:v1", "is not valid. Provide a valid source image."],
] as const) {
  test(`rejects ${name} with Lambda's message`, async (t) => {
    const ecr = startEcr(t);
    await ecr.send("CreateRepository", { repositoryName: "iris" });
    await pushTinyImage(ecr, "iris", "v1");

    assert.throws(() => ecr.ecr.images.resolve(uri, call), {
      code: "InvalidParameterValueException",
      status: 400,
      message: `Source image ${uri} ${message}`,
    });
  });
}

test("rejects the media types of an index, of an attestation and of a layer that Lambda cannot unpack", async (t) => {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName: "iris" });
  const { digest, manifest, config, layer } = await pushTinyImage(ecr, "iris", "v1");
  const put = (imageTag: string, document: object) =>
    ecr.send("PutImage", {
      repositoryName: "iris",
      imageTag,
      imageManifest: JSON.stringify({ schemaVersion: 2, ...document }),
    });
  const imageOf = (configType: string, layerType: string) => ({
    mediaType: ociManifestType,
    config: { mediaType: configType, digest: config, size: 49 },
    layers: [{ mediaType: layerType, digest: layer, size: 5 }],
  });
  await put("index", {
    mediaType: ociIndexType,
    manifests: [{ mediaType: ociManifestType, digest, size: manifest.length }],
  });
  await put("attestation", imageOf(ociConfigType, "application/vnd.in-toto+json"));
  await put(
    "chart",
    imageOf("application/vnd.cncf.helm.config.v1+json", "application/vnd.oci.image.layer.v1.tar+gzip"),
  );
  await put("zstd", imageOf(ociConfigType, "application/vnd.oci.image.layer.v1.tar+zstd"));

  for (const tag of ["index", "attestation", "chart", "zstd"]) {
    const uri = `localhost:4566/iris:${tag}`;
    assert.throws(() => ecr.ecr.images.resolve(uri, call), {
      code: "InvalidParameterValueException",
      message: `The image manifest, config or layer media type for the source image ${uri} is not supported.`,
    });
  }
});
