import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import { digestOf } from "./digest.js";
import { buildFunctionImage } from "./function-image.js";
import { unpackFunction } from "./function-root.js";
import { configOf, type Image, imageOf } from "./image.js";
import { buildLayer } from "./layer/build-layer.js";

const runtime = Buffer.from("the runtime");
const layerOf = (path: string, content: string | Uint8Array) => buildLayer([{ path, content: Buffer.from(content) }]);
const base = layerOf("usr/bin/node", "a program");

function functionImage(bundle: Uint8Array = runtime): Image {
  return buildFunctionImage({
    base: {
      os: "linux",
      architecture: "amd64",
      layers: [base],
      diffIds: [base.diffId],
      config: {},
      history: [],
      node: "/usr/bin/node",
    },
    bundle: layerOf("var/task/function.cjs", bundle),
    files: [{ name: "iris.sav", bytes: Buffer.from("a model") }],
    title: "iris.sav",
  });
}

async function unpacked(t: TestContext, image: Image) {
  const root = temporaryDirectory(t);
  return { root, model: await unpackFunction(image, root, digestOf(runtime)) };
}

test("finds the model of an image that this Tepal built", async (t) => {
  const { root, model } = await unpacked(t, functionImage());

  assert.equal(model, "/var/task/model/iris.sav");
  assert.equal(readFileSync(join(root, model ?? ""), "utf8"), "a model");
});

for (const [name, image] of [
  ["another runtime", async () => functionImage(Buffer.from("another runtime"))],
  ["no history of Tepal", async () => withHistory([])],
  ["a history of Tepal only", async () => withHistory([{ created_by: "tepal build: the runtime" }])],
] as const) {
  test(`an image with ${name} is not a function image of this Tepal`, async (t) => {
    assert.equal((await unpacked(t, await image())).model, undefined);
  });
}

async function withHistory(history: readonly unknown[]): Promise<Image> {
  const image = functionImage();
  return imageOf({ ...(await configOf(image)), history }, image.layers);
}
