// The image of an ONNX model: onnxruntime-node must be in it, and must start with the image's files only.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { onnxLayer, unpackLayer } from "../src/image/index.js";
import { projectPath, readProjectFile } from "./support/project.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { emptyHome, freePort } from "./support/tepal.js";

const requiredBy = projectPath("dist/tepal.js");
const model = projectPath("src/model/onnx/fixtures/classifier.onnx");
const { values, outputs } = JSON.parse(readProjectFile("src/model/onnx/fixtures/classifier.json").toString());
const skip = !isInstalled() && "onnxruntime-node not installed";

function isInstalled(): boolean {
  try {
    return createRequire(requiredBy).resolve("onnxruntime-node") !== "";
  } catch {
    return false;
  }
}

test("a deployed ONNX model returns what scikit-learn returned", { skip }, async (t) => {
  const port = `${await freePort()}`;
  const home = emptyHome(t, { last: ["cloud", "stop", "--port", port], cache: projectPath(".build/cache") });

  const { status, out, err } = await home.tepal(["deploy", model, "--port", port]);

  assert.equal(status, 0, err);
  const response = await fetch(out.trim(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ values }),
  });
  assert.deepEqual(await response.json(), outputs.predict);
});

test("its layer contains only the binary for the image's platform, and is reproducible", {
  skip,
}, async (t) => {
  const platform = { os: "linux", architecture: "arm64" };
  const make = () => onnxLayer({ requiredBy, platform, node: undefined, cacheDir: temporaryDirectory(t) });
  const root = temporaryDirectory(t);

  const [layer, again] = await Promise.all([make(), make()]);
  await unpackLayer(layer.open(), root);

  assert.equal(layer.digest, again.digest);
  const packages = join(root, "var/task/node_modules");
  assert.deepEqual(readdirSync(packages).sort(), ["onnxruntime-common", "onnxruntime-node"]);
  const files = readdirSync(join(packages, "onnxruntime-node"), { recursive: true, encoding: "utf8" });
  const native = files.filter((path) => /\.(node|dylib|dll)$|\.so\b/.test(path)).map(dirname);
  assert.ok(native.length >= 2 && native.every((folder) => /^bin\/napi-v\d+\/linux\/arm64$/.test(folder)), `${native}`);
});

test("rejects a platform for which the package has no binary", { skip }, async (t) => {
  const platform = { os: "linux", architecture: "riscv64" };

  await assert.rejects(onnxLayer({ requiredBy, platform, node: undefined, cacheDir: temporaryDirectory(t) }), {
    code: "image-onnx-runtime-missing",
    message: /has no binary for linux\/riscv64/,
  });
});
