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
import { emptyHome, ended, freePort, printed } from "./support/tepal.js";

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

/** What a change of one line sends: the layer of the code, the manifest, and the image's configuration. */
const changedKbMax = 8;

const rootsSpec = `
model: .
schema: {request: {type: object, required: [x], properties: {x: {type: number}}}}
example: {x: 4}
`;

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
  const rebuilt = await home.tepal([...build, "second"]);
  const port = String(await freePort());
  const child = home.start(["run", "counter", "--handler", "app.answer", "--base", "host", "--port", port]);
  await printed(child, "Serving ");
  const response = await fetch(`http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`, {
    method: "POST",
    body: '{"n": 21}',
  });
  const stopped = ended(child);
  child.kill("SIGTERM");

  assert.equal(built.status, 0, built.err);
  assert.equal(rebuilt.status, 0, rebuilt.err);
  assert.equal((await stopped).status, 0);
  assert.match(built.err, /^Not in the image, because such files contain secrets: \.env\. /m);
  const [first, second] = await Promise.all(["first", "second"].map((name) => layersOf(join(home.folder, name))));
  assert.deepEqual(second!.slice(0, -1), first!.slice(0, -1));
  assert.notEqual(second!.at(-1), first!.at(-1));
  const { version, path, ...answer } = (await response.json()) as Record<string, unknown>;
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

test("a directory with a spec file is deployed, and a change of one line sends a few kilobytes", {
  skip,
}, async (t) => {
  const port = String(await freePort());
  const home = emptyHome(t, { cache, last: ["cloud", "stop", "--port", port] });
  const directory = join(home.folder, "roots");
  mkdirSync(directory);
  const code = (version: string) =>
    `import math\n\ndef lambda_handler(event, context):\n    return {"root": math.sqrt(event["x"]), "version": "${version}"}\n`;
  const deploy = ["deploy", "--config", "roots/tepal.yaml", "--base", "host", "--port", port];

  writeFileSync(join(directory, "tepal.yaml"), rootsSpec);
  writeFileSync(join(directory, "lambda_function.py"), code("one"));
  const first = await home.tepal(deploy);
  assert.equal(first.status, 0, first.err);
  writeFileSync(join(directory, "lambda_function.py"), code("two"));
  const second = await home.tepal(deploy);
  const invoked = await home.tepal(["invoke", "roots", '{"x": 9}', "--port", port]);
  const post = (body: string) =>
    fetch(second.out.trim(), { method: "POST", headers: { "content-type": "application/json" }, body });
  const [accepted, rejected] = [await post('{"x": 16}'), await post('{"x": "many"}')];

  assert.match(first.err, /check +\{"x":4\} returns \{"root": 2\.0, "version": "one"\}/);
  assert.equal(second.status, 0, second.err);
  const [, sent] = /push +([\d.]+) KB sent, \d+ MB already in the repository/.exec(second.err) ?? [];
  assert.ok(Number(sent) < changedKbMax, second.err);
  assert.equal(invoked.status, 0, invoked.err);
  assert.deepEqual(JSON.parse(invoked.out), { root: 3, version: "two" });
  assert.deepEqual([accepted.status, await accepted.json()], [200, { root: 4, version: "two" }]);
  assert.equal(rejected.status, 400);
  assert.match(await rejected.text(), /Invalid request body/);
});

async function layersOf(path: string): Promise<readonly string[]> {
  return (await readImage(path, { platform: machinePlatform })).layers.map(({ digest }) => digest);
}
