import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { directoryOf, temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { codeFiles } from "./code-files.js";
import { codeLayers } from "./code-layers.js";

const pathsOf = (directory: string) => codeFiles(directory).files.map(({ path }) => path);

test("leaves out caches, virtual environments, package lists, images and what the ignore file excludes", (t) => {
  const directory = directoryOf(t, {
    "lambda_function.py": "",
    "sub/features.py": "",
    "sub/__pycache__/features.cpython-312.pyc": "",
    ".git/config": "",
    "my env/pyvenv.cfg": "",
    "my env/bin/python": "",
    "requirements.txt": "--index-url https://user:password@host/simple",
    "pyproject.toml": "",
    "image/oci-layout": "",
    "notebooks/a.ipynb": "",
    ".tepalignore": "notebooks\n",
    ".dockerignore": "sub\n",
  });

  assert.deepEqual(pathsOf(directory), ["lambda_function.py", "sub/features.py"]);
});

test("leaves out files with secrets, whatever the ignore file includes, and names them", (t) => {
  const directory = directoryOf(t, {
    "app.py": "",
    ".env": "KEY=1",
    "config/.env.production": "KEY=1",
    ".env.example": "KEY=",
    ".aws/credentials": "",
    ".tepalignore": "!.env\n",
  });

  const { files, secrets } = codeFiles(directory);

  assert.deepEqual(secrets, [".aws", ".env", "config/.env.production"]);
  assert.deepEqual(
    files.map(({ path }) => path),
    [".env.example", "app.py"],
  );
});

test("keeps links within the directory, relative to their own directory", (t) => {
  const directory = directoryOf(t, { "data/model.pkl": "model", "v1/a.py": "" });
  symlinkSync(join(directory, "data/model.pkl"), join(directory, "v1/model.pkl"));
  symlinkSync("v1", join(directory, "latest"));

  const links = codeFiles(directory).files.flatMap(({ path, linkPath }) => (linkPath ? [[path, linkPath]] : []));

  assert.deepEqual(links, [
    ["latest", "v1"],
    ["v1/model.pkl", "../data/model.pkl"],
  ]);
});

for (const [name, add, message] of [
  [
    "a link to a file outside",
    (path: string) => symlinkSync("/etc/passwd", path),
    /^a is a symbolic link to a file out/,
  ],
  ["a link to a parent", (path: string) => symlinkSync("..", path), /^a is a symbolic link to a file outside/],
  ["a link to nothing", (path: string) => symlinkSync("none", path), /^a is a symbolic link to a file that does not/],
  ["a named pipe", (path: string) => spawnSync("mkfifo", [path]), /^a is not a file, directory or symbolic link$/],
] as const) {
  test(`rejects ${name}`, (t) => {
    const directory = directoryOf(t, { "sub/app.py": "" });
    add(join(directory, "a"));

    assert.throws(() => codeFiles(directory), { code: "image-code-file", message });
    writeFileSync(join(directory, ".tepalignore"), "a\n");
    assert.deepEqual(pathsOf(directory), ["sub/app.py"]);
  });
}

test("rejects a directory that is nested without end", (t) => {
  const directory = directoryOf(t, { [`${"a/".repeat(70)}b.py`]: "" });

  assert.throws(() => codeFiles(directory), { code: "image-code-limit", message: /nested more than 64 directories/ });
});

test("puts each model into its own layer and the code into the last one", async (t) => {
  const files = { "app.py": "1", "b.py": "2", "scaler.pkl": "scaler", "models/a.joblib": "a", "table.csv": "" };
  const directory = directoryOf(t, { ...files, "table.csv": "1,2\n".repeat(300_000) });
  chmodSync(join(directory, "b.py"), 0o755);
  const cacheDir = temporaryDirectory(t);

  const before = await codeLayers(codeFiles(directory).files, cacheDir);
  writeFileSync(join(directory, "app.py"), "3");
  const after = await codeLayers(codeFiles(directory).files, cacheDir);
  writeFileSync(join(directory, "scaler.pkl"), "another");
  const trained = await codeLayers(codeFiles(directory).files, cacheDir);

  const changed = (one: typeof before, other: typeof before) =>
    one.flatMap(({ digest }, index) => (digest === other[index]?.digest ? [] : [index]));
  assert.equal(before.length, 4);
  assert.deepEqual(changed(before, after), [3]);
  assert.deepEqual(changed(after, trained), [1]);
  assert.ok(after[3]!.size < 1000);
});

test("the same files give the same layers in another directory, whatever their times", async (t) => {
  const files = { "app.py": "1", "models/a.joblib": "a" };
  const build = async () =>
    codeLayers(codeFiles(directoryOf(t, files)).files, temporaryDirectory(t)).then((layers) =>
      layers.map(({ digest }) => digest),
    );

  assert.deepEqual(await build(), await build());
});

test("limits the number of layers", async (t) => {
  const names = Array.from({ length: 40 }, (_, index) => [`${index}.npy`, "x".repeat(index)] as const);
  const directory = directoryOf(t, { ...Object.fromEntries(names), "app.py": "" });

  assert.equal((await codeLayers(codeFiles(directory).files, temporaryDirectory(t))).length, 18);
});
