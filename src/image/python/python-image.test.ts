import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunConfig } from "../documents.js";
import { configOf, imageOf } from "../image.js";
import { buildLayer } from "../layer/build-layer.js";
import { buildPythonImage, pythonBaseOf } from "./python-image.js";

const layer = buildLayer([{ path: "a", content: Buffer.from("a") }]);
const code = [buildLayer([{ path: "var/task/app.py", content: Buffer.from("b") }])];

function baseImage(config: RunConfig) {
  return imageOf({ os: "linux", architecture: "amd64", config, diffIds: [layer.diffId], history: [] }, [layer]);
}

const aws: RunConfig = {
  Entrypoint: ["/lambda-entrypoint.sh"],
  Env: ["LANG=en_US.UTF-8", "LAMBDA_TASK_ROOT=/var/task"],
  WorkingDir: "/var/task",
};

for (const [name, config, tag, expected] of [
  ["AWS's image", aws, "3.12", { python: undefined, version: "3.12", glibc: "2.34" }],
  ["AWS's image on Amazon Linux 2", aws, "3.11.2025.01.01", { python: undefined, version: "3.11", glibc: "2.26" }],
  ["AWS's image without a version", aws, "latest", { python: undefined, version: undefined, glibc: undefined }],
  [
    "Docker's image",
    { Cmd: ["python3"], Env: ["PYTHON_VERSION=3.13.1"] },
    "slim",
    { python: "python3", version: "3.13", glibc: undefined },
  ],
  [
    "a distroless image",
    { Entrypoint: ["/usr/bin/python3.11"] },
    "nonroot",
    { python: "/usr/bin/python3.11", version: "3.11", glibc: undefined },
  ],
  ["another image", { Cmd: ["/bin/sh"] }, "", { python: "python3", version: undefined, glibc: undefined }],
] as const) {
  test(`recognizes the Python of ${name}`, async () => {
    const { python, version, glibc } = await pythonBaseOf(baseImage(config), tag);

    assert.deepEqual({ python, version, glibc }, expected);
  });
}

test("keeps the entry point and the environment of AWS's image", async () => {
  const base = await pythonBaseOf(baseImage(aws), "3.12");

  const { config } = await configOf(buildPythonImage({ base, code, handler: "app.handle", title: "app" }));

  assert.deepEqual([config.Entrypoint, config.Cmd, config.Env], [aws.Entrypoint, ["app.handle"], aws.Env]);
});

test("starts the runtime client in another image", async () => {
  const base = await pythonBaseOf(
    baseImage({ Cmd: ["python3"], User: "app", Env: ["PYTHON_VERSION=3.13.1", "PYTHONPATH=/lib"] }),
  );
  const parts = { base, runtime: layer, dependencies: layer, code, handler: "app.handle", title: "app" };

  const { config, diffIds, history } = await configOf(buildPythonImage(parts));

  assert.deepEqual(config.Entrypoint, ["python3", "-m", "awslambdaric"]);
  assert.deepEqual(config.Cmd, ["app.handle"]);
  assert.equal(config.User, undefined);
  assert.ok(config.Env?.includes("PYTHONPATH=/var/task:/opt/python:/var/runtime:/lib"));
  assert.equal(config.Env?.filter((each) => each.startsWith("PYTHONPATH=")).length, 1);
  assert.deepEqual([diffIds.length, history.length], [4, 4]);
});
