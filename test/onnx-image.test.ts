// An ONNX model as an image: onnxruntime-node has to be in it, and has to start in nothing but the image's own files.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { onnxLayer, unpackLayer } from "../src/image/index.js";
import { projectPath, readProjectFile } from "./support/project.js";
import { temporaryFolder } from "./support/temporary-folder.js";
import { emptyHome, freePort } from "./support/tepal.js";

const askedBy = projectPath("dist/tepal.js");
const model = projectPath("src/model/onnx/fixtures/classifier.onnx");
const { values, answers } = JSON.parse(readProjectFile("src/model/onnx/fixtures/classifier.json").toString());
const skip = !isInstalled() && "onnxruntime-node not installed";

function isInstalled(): boolean {
  try {
    return createRequire(askedBy).resolve("onnxruntime-node") !== "";
  } catch {
    return false;
  }
}

test("a deployed ONNX model answers what scikit-learn answered", { skip }, async (t) => {
  const port = `${await freePort()}`;
  const home = emptyHome(t, { last: ["cloud", "stop", "--port", port], cache: projectPath(".build/cache") });

  const { status, out, err } = await home.tepal(["deploy", model, "--port", port]);

  assert.equal(status, 0, err);
  const response = await fetch(out.trim(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ values }),
  });
  assert.deepEqual(await response.json(), answers.predict);
});

test("its layer holds the part for the image's platform only, and is the same when it is made again", {
  skip,
}, async (t) => {
  const platform = { os: "linux", architecture: "arm64" };
  const make = () => onnxLayer({ askedBy, platform, node: undefined, cacheDir: temporaryFolder(t) });
  const root = temporaryFolder(t);

  const [layer, again] = await Promise.all([make(), make()]);
  await unpackLayer(layer.open(), root);

  assert.equal(layer.digest, again.digest);
  const packages = join(root, "var/task/node_modules");
  assert.deepEqual(readdirSync(packages).sort(), ["onnxruntime-common", "onnxruntime-node"]);
  const files = readdirSync(join(packages, "onnxruntime-node"), { recursive: true, encoding: "utf8" });
  const native = files.filter((path) => /\.(node|dylib|dll)$|\.so\b/.test(path)).map(dirname);
  assert.ok(native.length >= 2 && native.every((folder) => /^bin\/napi-v\d+\/linux\/arm64$/.test(folder)), `${native}`);
});

test("a platform that the package has nothing for is refused", { skip }, async (t) => {
  const platform = { os: "linux", architecture: "riscv64" };

  await assert.rejects(onnxLayer({ askedBy, platform, node: undefined, cacheDir: temporaryFolder(t) }), {
    code: "image-onnx-runtime-missing",
    message: /has nothing for linux\/riscv64/,
  });
});
