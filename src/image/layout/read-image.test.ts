import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { bytesBlob, readBlob } from "../blob.js";
import { digestOf } from "../digest.js";
import { baseOf } from "../function-image.js";
import { blobsOf, configOf, type Image, imageOf } from "../image.js";
import { buildLayer } from "../layer/build-layer.js";
import { parseReference } from "../reference.js";
import { tarOf } from "../tar/write-tar.js";
import { blobPathOf } from "./oci-layout.js";
import { looksLikeImage, readImage } from "./read-image.js";
import { writeArchive } from "./write-archive.js";
import { writeLayout } from "./write-layout.js";

const platform = { os: "linux", architecture: "amd64" };
const imageWith = (content: string, architecture = "amd64"): Image => {
  const layer = buildLayer([{ path: "a", content: Buffer.from(content) }]);
  return imageOf({ os: "linux", architecture, config: {}, diffIds: [layer.diffId], history: [] }, [layer]);
};
const one = imageWith("one");
const two = imageWith("two");

for (const [form, write] of [
  ["layout directory", writeLayout],
  ["archive", writeArchive],
] as const) {
  test(`reads the same image from a ${form} that it wrote`, async (t) => {
    const path = join(temporaryDirectory(t), "iris");

    await write(one, path, parseReference("iris:v1"));
    const image = await readImage(path, { platform });

    assert.deepEqual([image.manifest.digest, image.config.digest], [one.manifest.digest, one.config.digest]);
    for (const [i, blob] of blobsOf(image).entries()) {
      assert.deepEqual(Buffer.from(await readBlob(blob)), Buffer.from(await readBlob(blobsOf(one)[i]!)));
    }
    assert.ok(looksLikeImage(path));
  });
}

test("writes the same archive for the same image", async (t) => {
  const folder = temporaryDirectory(t);

  await writeArchive(one, join(folder, "a.tar"), parseReference("iris:v1"));
  await writeArchive(imageWith("one"), join(folder, "b.tar"), parseReference("iris:v1"));

  assert.ok(readFileSync(join(folder, "a.tar")).equals(readFileSync(join(folder, "b.tar"))));
});

test("writes several tags into a layout directory, and replaces a tag", async (t) => {
  const folder = temporaryDirectory(t);
  await writeLayout(one, folder, parseReference("iris:v1"));
  await writeLayout(one, folder, parseReference("iris:v2"));
  await writeLayout(two, folder, parseReference("iris:v2"));

  const read = async (name: string) => (await readImage(folder, { platform, name })).manifest.digest;
  assert.equal(await read("v1"), one.manifest.digest);
  assert.equal(await read("iris:v2"), two.manifest.digest);
  await assert.rejects(readImage(folder, { platform }), {
    code: "image-ambiguous",
    message: /several images: v1, v2$/,
  });
  assert.deepEqual(readdirSync(folder).sort(), ["blobs", "index.json", "oci-layout"]);
});

/** What `docker save` wrote before version 25, with a layer that occurs twice as a link. */
async function oldDockerArchive(t: TestContext): Promise<string> {
  const path = join(temporaryDirectory(t), "saved.tar");
  const layer = gunzipSync(await readBlob(one.layers[0]!));
  const config = { ...JSON.parse(Buffer.from(await readBlob(one.config)).toString()) };
  config.rootfs.diff_ids.push(config.rootfs.diff_ids[0]);
  const file = (path: string, content: string | Uint8Array) => ({
    entry: { type: "file" as const, path, mode: 0o644 },
    content: Buffer.from(content),
  });
  const tar = tarOf([
    file("aa/layer.tar", layer),
    { entry: { type: "symlink", path: "bb/layer.tar", linkPath: "../aa/layer.tar", mode: 0o777 } },
    file("cc.json", JSON.stringify(config)),
    file(
      "manifest.json",
      JSON.stringify([{ Config: "cc.json", RepoTags: ["iris:v1"], Layers: ["aa/layer.tar", "bb/layer.tar"] }]),
    ),
  ]);
  writeFileSync(path, tar);
  return path;
}

test("reads an old Docker archive and computes its digests", async (t) => {
  const image = await readImage(await oldDockerArchive(t), { platform });

  const { diffIds } = await configOf(image);
  assert.deepEqual(
    image.layers.map(({ digest }) => digest),
    diffIds,
  );
  assert.deepEqual(digestOf(await readBlob(image.layers[1]!)), diffIds[1]);
  assert.equal(image.layers[1]!.mediaType, "application/vnd.oci.image.layer.v1.tar");
});

for (const [entrypoint, node] of [
  [["/nodejs/bin/node"], "/nodejs/bin/node"],
  [["docker-entrypoint.sh"], "node"],
  [undefined, "node"],
] as const) {
  test(`an image with the entry point ${entrypoint} has Node at ${node}`, async () => {
    const image = imageOf({ ...platform, config: { Entrypoint: entrypoint }, diffIds: [], history: [] }, []);

    assert.equal((await baseOf(image)).node, node);
  });
}

const archive = async (t: TestContext) => {
  const path = join(temporaryDirectory(t), "iris.tar");
  await writeArchive(one, path, parseReference("iris:v1"));
  return path;
};
const layout = async (t: TestContext) => {
  const path = temporaryDirectory(t);
  await writeLayout(one, path, parseReference("iris:v1"));
  return path;
};
const spoiled = async (t: TestContext, spoil: (bytes: Buffer) => Buffer) => {
  const path = await archive(t);
  writeFileSync(path, spoil(readFileSync(path)));
  return path;
};
for (const [name, make, code] of [
  ["a path that does not exist", async (t: TestContext) => join(temporaryDirectory(t), "none"), "image-unreadable"],
  ["an empty directory", async (t: TestContext) => temporaryDirectory(t), "image-unreadable"],
  ["a compressed archive", (t: TestContext) => spoiled(t, (bytes) => gzipSync(bytes)), "image-unreadable"],
  ["a file that is not an archive", (t: TestContext) => spoiled(t, () => Buffer.alloc(2000, "x")), "image-tar-invalid"],
  [
    "an archive that was cut",
    (t: TestContext) => spoiled(t, (bytes) => bytes.subarray(0, bytes.length - 2000)),
    "image-tar-cut-short",
  ],
  [
    "a layout whose config was changed",
    async (t: TestContext) => {
      const path = await layout(t);
      const config = join(path, blobPathOf(one.config.digest));
      writeFileSync(config, readFileSync(config, "utf8").replace("amd64", "amd65"));
      return path;
    },
    "image-digest-mismatch",
  ],
  [
    "a layout without one of its blobs",
    async (t: TestContext) => {
      const path = await layout(t);
      rmSync(join(path, blobPathOf(one.layers[0]!.digest)));
      return path;
    },
    "image-unreadable",
  ],
  [
    "an index that is not JSON",
    async (t: TestContext) => {
      const path = await layout(t);
      writeFileSync(join(path, "index.json"), "{");
      return path;
    },
    "image-document-invalid",
  ],
  [
    "an image for another processor",
    async (t: TestContext) => {
      const path = temporaryDirectory(t);
      await writeLayout(imageWith("x", "arm64"), path, parseReference("iris:v1"));
      return path;
    },
    "image-platform",
  ],
] as const) {
  test(`rejects ${name}`, async (t) => {
    const path = await make(t);

    await assert.rejects(readImage(path, { platform }), { name: "TepalError", code });
    if (code !== "image-platform" && existsSync(path)) assert.doesNotThrow(() => looksLikeImage(path));
  });
}

test("leaves no archive after a failed write", async (t) => {
  const folder = temporaryDirectory(t);
  const broken: Image = { ...one, layers: [{ ...bytesBlob(Buffer.from("x"), "y"), open: () => failing() }] };
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("x");
    throw new Error("the disk is gone");
  }

  await assert.rejects(writeArchive(broken, join(folder, "iris.tar"), parseReference("iris:v1")), /the disk is gone/);

  assert.deepEqual(readdirSync(folder), []);
});
