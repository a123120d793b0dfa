// Independent container tools read the images that Tepal builds.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import {
  buildFunctionImage,
  bundleLayer,
  functionLabel,
  type Image,
  nodeBase,
  parseReference,
  pullImage,
  pushImage,
  Repository,
  readImage,
  writeArchive,
  writeLayout,
} from "../src/image/index.js";
import { cannotRunContainers, containerTool, runTool } from "./support/containers.js";
import { startDistribution } from "./support/distribution.js";
import { missing } from "./support/programs.js";
import { startRegistry } from "./support/registry.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const onLinux = process.platform === "linux" ? false : "the base is this machine's Node, which has to be a Linux one";
const name = parseReference("iris:v1");
const platform = { os: "linux", architecture: process.arch === "x64" ? "amd64" : process.arch };
/** Prints the result of a calculation and the model's content. */
const bundle = `console.log(6 * 7, require("node:fs").readFileSync(process.env.TEPAL_MODEL, "utf8"));`;

/** The base is compressed once for all tests. */
const cacheDir = mkdtempSync(join(tmpdir(), "tepal-test-"));
after(() => rmSync(cacheDir, { recursive: true, force: true }));

async function irisImage(): Promise<Image> {
  const base = await nodeBase({ execPath: process.execPath, system: process.platform, cacheDir });
  const files = [{ name: "iris.sav", bytes: Buffer.from("petals") }];
  return buildFunctionImage({
    base,
    bundle: await bundleLayer(Buffer.from(bundle), cacheDir),
    files,
    title: "iris.sav",
  });
}

/** `skopeo inspect`, reduced to what identifies an image. */
async function inspect(...args: string[]) {
  const { Digest, Layers, Labels, Architecture } = JSON.parse(await runTool("skopeo", ["inspect", ...args]));
  return { Digest, Layers, Labels, Architecture };
}

test("skopeo reads the same image from layout, both archives and registry", {
  skip: onLinux || missing("skopeo"),
}, async (t) => {
  const image = await irisImage();
  const folder = temporaryDirectory(t);
  const { host } = await startRegistry(t);
  await writeLayout(image, join(folder, "layout"), name);
  await writeArchive(image, join(folder, "iris.tar"), name);
  await pushImage(image, new Repository({ registry: host, repository: "iris" }), "v1");

  const expected = {
    Digest: image.manifest.digest,
    Layers: image.layers.map(({ digest }) => digest),
    Labels: {
      "com.amazonaws.lambda.feature.snapstart": "Allow",
      [functionLabel]: "1",
      "org.opencontainers.image.title": "iris.sav",
    },
    Architecture: platform.architecture,
  };
  assert.deepEqual(await inspect(`oci:${join(folder, "layout")}:v1`), expected);
  assert.deepEqual(await inspect(`oci-archive:${join(folder, "iris.tar")}:v1`), expected);
  assert.deepEqual(await inspect("--tls-verify=false", `docker://${host}/iris:v1`), expected);
  assert.equal((await inspect(`docker-archive:${join(folder, "iris.tar")}`)).Layers.length, 3);
});

test("reads the same image from what skopeo writes", { skip: onLinux || missing("skopeo") }, async (t) => {
  const image = await irisImage();
  const folder = temporaryDirectory(t);
  const { host } = await startRegistry(t);
  const source = `oci:${join(folder, "ours")}:v1`;
  await writeLayout(image, join(folder, "ours"), name);
  const copy = (to: string, ...options: string[]) => runTool("skopeo", ["copy", ...options, source, to]);

  await copy(`oci:${join(folder, "layout")}:v1`);
  await copy(`oci-archive:${join(folder, "oci.tar")}:v1`);
  await copy(`docker-archive:${join(folder, "docker.tar")}:iris:v1`);
  await copy(`docker://${host}/iris:v1`, "--dest-tls-verify=false");

  const { digest } = image.manifest;
  assert.equal((await readImage(join(folder, "layout"), { platform })).manifest.digest, digest);
  assert.equal((await readImage(join(folder, "oci.tar"), { platform })).manifest.digest, digest);
  const pulled = await pullImage(parseReference(`${host}/iris:v1`), { platform, cacheDir: temporaryDirectory(t) });
  assert.equal(pulled.manifest.digest, digest);
  // A Docker archive holds the layers uncompressed: another manifest, the same config and so the same image id.
  const saved = await readImage(join(folder, "docker.tar"), { platform, name: "iris:v1" });
  assert.equal(saved.config.digest, image.config.digest);
});

test("podman loads the archive and runs it", {
  skip: onLinux || missing("podman", "runc") || cannotRunContainers(),
}, async (t) => {
  const podman = containerTool(t, "podman");
  const path = join(temporaryDirectory(t), "iris.tar");
  await writeArchive(await irisImage(), path, name);

  await podman("load", "--input", path);
  const output = await podman("run", "--rm", "--network", "none", "--read-only", "--user", "1000", "iris:v1");

  assert.equal(output, "42 petals\n");
});

test("buildah pulls the pushed image and builds on it", { skip: onLinux || missing("buildah") }, async (t) => {
  const buildah = containerTool(t, "buildah");
  const { host } = await startRegistry(t, { auth: { scheme: "basic", user: "AWS", password: "secret" } });
  const image = await irisImage();
  const credentials = { username: "AWS", password: "secret" };
  await pushImage(image, new Repository({ registry: host, repository: "iris" }, { credentials }), "v1");
  const containerfile = join(temporaryDirectory(t), "Containerfile");
  writeFileSync(
    containerfile,
    `FROM ${host}/iris:v1\nCOPY Containerfile /more/\nCOPY Containerfile /most/\nLABEL more=yes\n`,
  );

  await buildah(
    "bud",
    "--tls-verify=false",
    "--creds",
    "AWS:secret",
    "--layers",
    "--tag",
    "more",
    "--file",
    containerfile,
    dirname(containerfile),
  );

  const { OCIv1 } = JSON.parse(await buildah("inspect", "--type", "image", "more"));
  assert.equal(OCIv1.config.Labels.more, "yes");
  assert.deepEqual(OCIv1.config.Entrypoint, ["/usr/bin/node", "/var/task/function.cjs"]);
});

test("pushes to the distribution project's registry twice, and pulls from it", {
  skip: onLinux || missing("docker-registry"),
}, async (t) => {
  const registry = await startDistribution(t);
  const image = await irisImage();
  const repository = (repository: string) => new Repository({ registry, repository });

  const first = await pushImage(image, repository("iris"), "v1");
  const second = await pushImage(image, repository("iris"), "v2");
  const pulled = await pullImage(parseReference(`${registry}/iris:v2`), { platform, cacheDir: temporaryDirectory(t) });

  const { size } = image.manifest;
  assert.deepEqual([first.bytesPresent, second.bytesSent, second.bytesPresent], [0, size, first.bytesSent - size]);
  assert.equal(pulled.manifest.digest, image.manifest.digest);
});
