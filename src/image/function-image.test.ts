import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import { readBlob } from "./blob.js";
import { digestOf } from "./digest.js";
import {
  type Base,
  buildFunctionImage,
  type FunctionImageParts,
  modelFileNames,
  modelLayer,
} from "./function-image.js";
import { blobsOf, configOf } from "./image.js";
import { buildLayer } from "./layer/build-layer.js";

const bottom = buildLayer([{ path: "usr/bin/node", content: Buffer.from("#!"), executable: true }]);
const base: Base = {
  os: "linux",
  architecture: "amd64",
  layers: [bottom],
  diffIds: [bottom.diffId],
  config: { Env: ["PATH=/usr/bin"], Entrypoint: ["/bin/sh"], Cmd: ["-l"], Labels: { vendor: "someone" } },
  history: [],
  node: "/usr/bin/node",
};
const bundle = buildLayer([{ path: "var/task/function.cjs", content: Buffer.from("export {};\n") }]);
const iris: FunctionImageParts = {
  base,
  bundle,
  files: [{ name: "iris_model.sav", bytes: Buffer.from("model\n".repeat(999)) }],
  title: "iris_model.sav",
};

test("builds the same digests from the same parts on every machine", async () => {
  const image = buildFunctionImage(iris);

  assert.deepEqual(
    image.layers.map(({ digest }) => digest),
    [
      "sha256:d99565cb2e614ab647897203349d96c1b8909e0336bb1b8c771ae9f1c1cddfa8",
      "sha256:61bd7788f85087c6db6abdafd4ba7c51e8ea9dd930e1c1002a98df4aa72c7a90",
      "sha256:b4a3d0a797f12e746e362bbbea04869ddd22f1ee3940bf85a650a265f8180257",
    ],
  );
  assert.equal(image.manifest.digest, "sha256:143aaef37580da60ee65f1cd63f2a7ee7eb7f9f8c9019c21cb8dcff4ee65701f");
});

test("a new model only changes the last layer, the config and the manifest", () => {
  const before = buildFunctionImage(iris);
  const after = buildFunctionImage({
    ...iris,
    files: [{ name: "iris_model.sav", bytes: Buffer.from("another model") }],
  });

  const known = new Set(blobsOf(before).map(({ digest }) => digest));
  const fresh = blobsOf(after).filter(({ digest }) => !known.has(digest));
  assert.deepEqual(fresh, [after.config, after.layers.at(-1)]);
  assert.notEqual(after.manifest.digest, before.manifest.digest);
});

test("the config starts the runtime with the model and keeps the base's environment and labels", async () => {
  const config = await configOf(buildFunctionImage({ ...iris, labels: { team: "botany" } }));

  assert.equal(config.architecture, "amd64");
  assert.equal(config.created, "1970-01-01T00:00:00Z");
  assert.deepEqual(config.config, {
    Env: ["PATH=/usr/bin", "TEPAL_MODEL=/var/task/model/iris_model.sav"],
    Labels: {
      vendor: "someone",
      "com.amazonaws.lambda.feature.snapstart": "Allow",
      "dev.tepal.function": "1",
      "org.opencontainers.image.title": "iris_model.sav",
      team: "botany",
    },
    Entrypoint: ["/usr/bin/node", "/var/task/function.cjs"],
    WorkingDir: "/var/task",
    ExposedPorts: { "8080/tcp": {} },
  });
});

test("every layer unpacks to its digest in the config", async () => {
  const image = buildFunctionImage(iris);

  const { diffIds } = await configOf(image);
  const unpacked = await Promise.all(image.layers.map(async (layer) => digestOf(gunzipSync(await readBlob(layer)))));
  assert.deepEqual(unpacked, diffIds);
});

test("each file is a layer, and the runtime opens the last one", async () => {
  const files = [
    { name: "scaler.pkl", bytes: Buffer.from("scaler") },
    { name: "model.pkl", bytes: Buffer.from("model") },
    { name: "chain.json", bytes: Buffer.from("{}") },
  ];
  const before = buildFunctionImage({ ...iris, files });
  const after = buildFunctionImage({
    ...iris,
    files: files.map((file) => (file.name === "scaler.pkl" ? { ...file, bytes: Buffer.from("another") } : file)),
  });

  const changed = after.layers.filter(({ digest }, index) => digest !== before.layers[index]?.digest);
  assert.deepEqual(changed, [after.layers.at(-3)]);
  assert.equal((await configOf(after)).config.Env?.at(-1), "TEPAL_MODEL=/var/task/model/chain.json");
});

test("names files of the image without directories and special characters, and each differently", () => {
  assert.deepEqual(
    modelFileNames(["models/iris.sav", "C:\\models\\iris.sav", "../..", "my model;rm.sav", "chain.json"]),
    ["iris.sav", "2-iris.sav", "model", "my_model_rm.sav", "2-chain.json"],
  );
});

test("compresses a large model file once, and reports how far it is", async (t) => {
  const cacheDir = temporaryDirectory(t);
  const file = { name: "forest.pkl", bytes: Buffer.alloc(5 << 20, "tree 0.25 ") };
  const reports: { done: number; total: number }[] = [];
  const layerOf = (name: string, bytes: Uint8Array) =>
    modelLayer({ name, bytes }, cacheDir, (progress) => reports.push(progress));

  const first = await layerOf(file.name, file.bytes);
  const compressed = reports.length;
  const again = await layerOf(file.name, file.bytes);

  assert.deepEqual(reports.at(-1), { done: file.bytes.length, total: file.bytes.length });
  assert.equal(again?.digest, first?.digest);
  assert.equal(reports.length, compressed);
  assert.notEqual((await layerOf("other.pkl", file.bytes))?.digest, first?.digest);
  assert.notEqual((await layerOf(file.name, file.bytes.fill("x", 0, 1)))?.digest, first?.digest);
  assert.equal(await layerOf("small.pkl", Buffer.from("model")), undefined);
  const image = buildFunctionImage({ ...iris, files: [{ ...file, layer: first! }] });
  assert.equal(image.layers.at(-1)?.digest, first?.digest);
  assert.equal(gunzipSync(await readBlob(first!)).includes("var/task/model/forest.pkl"), true);
});
