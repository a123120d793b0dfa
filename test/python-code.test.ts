// Directories of Python code as images, built by the command and run by the cloud.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { configOf, readImage, unpackLayer } from "../src/image/index.js";
import { machinePlatform } from "./support/machine.js";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { deployLayout } from "./support/python-image.js";
import { run, runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { emptyHome, freePort } from "./support/tepal.js";

const cache = projectPath(".build/cache");
const skip = process.platform === "linux" ? missing("python3") || (await noPackages()) : "not Linux";

/** Why packages cannot be installed; awslambdaric is part of every image with a base of this machine's Python. */
async function noPackages(): Promise<string | false> {
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--retries", "1", "--timeout", "5", "--dest"];
  const { status } = await run("python3", [
    ...pip,
    projectPath(".build/pip"),
    "--only-binary=:all:",
    "snapshot-restore-py",
  ]);
  return status !== 0 && "pip cannot download packages";
}

const handler = `
import os, ssl, sys, sqlite3, ctypes
from pathlib import Path

def answer(event, context):
    import helper
    return {"event": event, "version": list(sys.version_info[:2]), "data": Path("data/model.bin").read_text(),
            "link": Path("latest.txt").read_text(), "helper": helper.twice(event["n"]), "path": sys.path[:4],
            "certificates": len(ssl.create_default_context().get_ca_certs()) > 0, "root": os.environ["LAMBDA_TASK_ROOT"]}
`;

test("a function of the standard library runs in an image of this machine's Python", { skip }, async (t) => {
  const home = emptyHome(t, { cache });
  const directory = join(home.folder, "counter");
  mkdirSync(join(directory, "data"), { recursive: true });
  mkdirSync(join(directory, ".git"));
  for (const [path, text] of [
    ["app.py", handler],
    ["helper.py", "def twice(n):\n    return 2 * n\n"],
    ["data/model.bin", "weights"],
    [".env", "SECRET=1\n"],
    [".git/config", ""],
  ] as const)
    writeFileSync(join(directory, path), text);
  symlinkSync("data/model.bin", join(directory, "latest.txt"));

  const build = ["build", "counter", "--handler", "app.answer", "--base", "host", "--output"];
  const built = await home.tepal([...build, "first"]);
  writeFileSync(join(directory, "helper.py"), "def twice(n):\n    return n + n\n");
  await home.tepal([...build, "second"]);
  const invoke = await deployLayout(t, join(home.folder, "second"));

  assert.equal(built.status, 0, built.err);
  assert.match(built.err, /^Not in the image, because such files contain secrets: \.env\. /m);
  const [first, second] = await Promise.all(["first", "second"].map((name) => layersOf(join(home.folder, name))));
  assert.deepEqual(second!.slice(0, -1), first!.slice(0, -1));
  assert.notEqual(second!.at(-1), first!.at(-1));
  const { version, path, ...answer } = (await invoke({ n: 21 })) as Record<string, unknown>;
  assert.equal(
    (version as number[]).join("."),
    await runWell("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]),
  );
  assert.equal((path as string[])[0], "/var/task");
  assert.deepEqual(answer, {
    event: { n: 21 },
    data: "weights",
    link: "weights",
    helper: 42,
    certificates: true,
    root: "/var/task",
  });
});

test("scikit-learn with a transformer class of its own predicts what it predicts in Python", { skip }, async (t) => {
  const home = emptyHome(t, { cache });
  const directory = join(home.folder, "flowers");
  cpSync(projectPath("examples/python"), directory, { recursive: true });
  const event = {
    values: [
      [5.9, 3.0, 5.1, 2.3],
      [0.1, 2, 0.1, 3],
      [5.5, 2.3, 4, 1.3],
    ],
  };

  const { status, err } = await home.tepal(["build", "flowers", "--base", "host", "--output", "image"]);
  assert.equal(status, 0, err);
  const invoke = await deployLayout(t, join(home.folder, "image"));

  const packages = temporaryDirectory(t);
  const image = await readImage(join(home.folder, "image"), { platform: machinePlatform });
  const { history } = await configOf(image);
  const dependencies = history.findIndex((entry) => JSON.stringify(entry).includes("the dependencies"));
  await unpackLayer(image.layers[dependencies]!.open(), packages);
  const script = `import json, lambda_function; print(json.dumps(lambda_function.lambda_handler(${JSON.stringify(event)}, None)))`;
  const env = { PYTHONPATH: `${directory}:${packages}/opt/python`, PYTHONDONTWRITEBYTECODE: "1" };
  assert.deepEqual(await invoke(event), JSON.parse(await runWell("python3", ["-c", script], { env })));
});

test("a directory of code is deployed, and a change of one line sends a few kilobytes", { skip }, async (t) => {
  const port = String(await freePort());
  const home = emptyHome(t, { cache, last: ["cloud", "stop", "--port", port] });
  const directory = join(home.folder, "roots");
  mkdirSync(directory);
  const code = (version: string) =>
    `import math\n\ndef lambda_handler(event, context):\n    return {"root": math.sqrt(event["x"]), "version": "${version}"}\n`;
  const deploy = ["deploy", "roots", "--base", "host", "--example", '{"x": 4}', "--port", port];

  writeFileSync(join(directory, "lambda_function.py"), code("one"));
  const first = await home.tepal(deploy);
  writeFileSync(join(directory, "lambda_function.py"), code("two"));
  const second = await home.tepal(deploy);
  const invoked = await home.tepal(["invoke", "roots", '{"x": 9}', "--port", port]);

  assert.equal(first.status, 0, first.err);
  assert.match(second.err, /push +[\d.]+ KB sent, \d+ MB already in the repository/);
  assert.deepEqual(JSON.parse(invoked.out), { root: 3, version: "two" });
});

async function layersOf(path: string): Promise<readonly string[]> {
  return (await readImage(path, { platform: machinePlatform })).layers.map(({ digest }) => digest);
}
