import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { missing } from "../../../test/support/programs.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { unpackLayer } from "../unpack/unpack-layer.js";
import { type PythonInstallation, pythonBase } from "./python-base.js";

const skip = process.platform === "linux" ? missing("python3") : "not Linux";
const facts = `
import os, sys, sysconfig
print(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))
print("%d.%d" % sys.version_info[:2])
print(sysconfig.get_path("stdlib"))`;

/** Modules with libraries that are not Python's own. */
const imports = "import ssl, sqlite3, ctypes, lzma, bz2, zlib, hashlib, decimal, json, encodings.idna, zoneinfo";

function describe(python: string): PythonInstallation {
  const { stdout } = spawnSync(python, ["-I", "-S", "-c", facts], { encoding: "utf8" });
  const [executable = "", version = "", standardLibrary = ""] = stdout.split("\n");
  return { executable, version, standardLibrary };
}

for (const python of ["python3", "/usr/bin/python3"]) {
  test(`the base of ${python} imports modules of the standard library, and is created once`, { skip }, async (t) => {
    if (missing(python)) return t.skip(`no ${python}`);
    const options = { python: describe(python), system: process.platform, cacheDir: temporaryDirectory(t) };
    const root = temporaryDirectory(t);

    const base = await pythonBase(options);
    const again = await pythonBase(options);
    await unpackLayer(base.layers[0]!.open(), root);

    assert.equal(again.layers[0]!.digest, base.layers[0]!.digest);
    if (process.getuid?.() !== 0) return t.diagnostic("not root: Python is not run inside the base");
    const env = { PATH: process.env.PATH };
    const script = `${imports}; import sys; print(sys.prefix, sys.path)`;
    const run = spawnSync("chroot", [root, base.python!, "-I", "-c", script], { encoding: "utf8", env });
    assert.equal(run.stderr, "");
    assert.match(run.stdout, /^\/usr\/local \[/);
  });
}

test("contains neither tests nor compiled files nor installed packages", { skip }, async (t) => {
  const standardLibrary = join(temporaryDirectory(t), "lib/python3.12");
  for (const path of [
    "os.py",
    "test/a.py",
    "site-packages/b.py",
    "__pycache__/os.pyc",
    "email/message.py",
    "idlelib/c.py",
  ]) {
    mkdirSync(dirname(join(standardLibrary, path)), { recursive: true });
    writeFileSync(join(standardLibrary, path), "");
  }
  const root = temporaryDirectory(t);
  const python = { ...describe("python3"), version: "3.12", standardLibrary };

  const base = await pythonBase({ python, system: process.platform, cacheDir: temporaryDirectory(t) });
  await unpackLayer(base.layers[0]!.open(), root);

  const { stdout } = spawnSync("find", [".", "-type", "f"], { cwd: join(root, "usr/local/lib"), encoding: "utf8" });
  assert.deepEqual(stdout.trim().split("\n").sort(), ["./python3.12/email/message.py", "./python3.12/os.py"]);
});

test("requires a base image on other systems than Linux", async () => {
  const python = { executable: "/usr/bin/python3", version: "3.12", standardLibrary: "/usr/lib/python3.12" };

  await assert.rejects(pythonBase({ python, system: "darwin", cacheDir: "/nowhere" }), {
    code: "image-base-system",
    message: "Python of this system (darwin) cannot run in a Linux image",
  });
});
