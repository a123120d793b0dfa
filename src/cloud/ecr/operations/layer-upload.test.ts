import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ecr, startEcr } from "../../../../test/support/ecr.js";
import { digestOf } from "../../../image/index.js";

const repositoryName = "iris";
const mebibyte = 1024 * 1024;

async function startUpload(t: Parameters<typeof startEcr>[0]): Promise<Ecr & { uploadId: string }> {
  const ecr = startEcr(t);
  await ecr.send("CreateRepository", { repositoryName });
  const { uploadId } = await ecr.send("InitiateLayerUpload", { repositoryName });
  return { ...ecr, uploadId: uploadId! };
}

/** A part that starts where the last one ended. */
const part = (uploadId: string, partFirstByte: number, layerPartBlob: Uint8Array) => ({
  repositoryName,
  uploadId,
  partFirstByte,
  partLastByte: partFirstByte + layerPartBlob.length - 1,
  layerPartBlob,
});

test("stores a layer that was uploaded in parts", async (t) => {
  const { send, registry, uploadId } = await startUpload(t);
  const parts = [Buffer.alloc(5 * mebibyte, "a"), Buffer.from("rest")];
  const digest = digestOf(Buffer.concat(parts));

  const first = await send("UploadLayerPart", part(uploadId, 0, parts[0]!));
  await send("UploadLayerPart", part(uploadId, first.lastByteReceived! + 1, parts[1]!));
  const completed = await send("CompleteLayerUpload", { repositoryName, uploadId, layerDigests: [digest] });

  assert.equal(completed.layerDigest, digest);
  const { layers } = await send("BatchCheckLayerAvailability", { repositoryName, layerDigests: [digest] });
  assert.deepEqual(layers, [{ layerDigest: digest, layerAvailability: "AVAILABLE", layerSize: 5 * mebibyte + 4 }]);
  const { downloadUrl } = await send("GetDownloadUrlForLayer", { repositoryName, layerDigest: digest });
  const { pathname, search } = new URL(downloadUrl!);
  const response = await registry(`GET ${pathname}${search}`, { password: null });
  assert.equal(digestOf(response.body), digest);
});

test("gives access to one layer for an hour by its download URL", async (t) => {
  const ecr = await startUpload(t);
  const { send, registry, uploadId } = ecr;
  const layer = Buffer.from("layer");
  await send("UploadLayerPart", part(uploadId, 0, layer));
  await send("CompleteLayerUpload", { repositoryName, uploadId, layerDigests: [digestOf(layer)] });
  const { downloadUrl } = await send("GetDownloadUrlForLayer", { repositoryName, layerDigest: digestOf(layer) });
  const { pathname, search } = new URL(downloadUrl!);

  const other = await registry(`GET /v2/iris/blobs/sha256:${"0".repeat(64)}${search}`, { password: null });
  const manifest = await registry(`GET /v2/iris/manifests/v1${search}`, { password: null });
  ecr.clock.advance(60 * 60 * 1000);
  const late = await registry(`GET ${pathname}${search}`, { password: null });

  assert.deepEqual([other.code, manifest.code, late.code], ["UNAUTHORIZED", "UNAUTHORIZED", "DENIED"]);
});

test("rejects a part that does not follow the last one, and reports the last byte", async (t) => {
  const { send, uploadId } = await startUpload(t);
  await send("UploadLayerPart", part(uploadId, 0, Buffer.alloc(5 * mebibyte)));

  await assert.rejects(send("UploadLayerPart", part(uploadId, 7, Buffer.from("x"))), {
    code: "InvalidLayerPartException",
    members: { registryId: "000000000000", repositoryName, uploadId, lastValidByteReceived: 5 * mebibyte - 1 },
  });
});

test("rejects a small part that is not the last", async (t) => {
  const { send, uploadId } = await startUpload(t);
  await send("UploadLayerPart", part(uploadId, 0, Buffer.from("small")));

  await assert.rejects(send("UploadLayerPart", part(uploadId, 5, Buffer.from("x"))), {
    code: "LayerPartTooSmallException",
    message: "Layer parts other than the last must be at least 5242880 bytes in size, found 5",
  });
});

test("rejects an upload without parts, with another digest, and of a layer that exists", async (t) => {
  const { send, uploadId } = await startUpload(t);
  const layer = Buffer.from("layer");
  const complete = (id: string, layerDigests: string[]) =>
    send("CompleteLayerUpload", { repositoryName, uploadId: id, layerDigests });
  const nextUpload = async () => {
    const { uploadId: id } = await send("InitiateLayerUpload", { repositoryName });
    await send("UploadLayerPart", part(id!, 0, layer));
    return id!;
  };

  await assert.rejects(complete(uploadId, [digestOf(layer)]), { code: "EmptyUploadException" });
  await assert.rejects(complete(await nextUpload(), [`sha256:${"0".repeat(64)}`]), { code: "InvalidLayerException" });
  await complete(await nextUpload(), [digestOf(layer)]);
  await assert.rejects(complete(await nextUpload(), [digestOf(layer)]), { code: "LayerAlreadyExistsException" });
  await assert.rejects(complete("00000000-0000-4000-8000-000000000000", []), { code: "UploadNotFoundException" });
});
