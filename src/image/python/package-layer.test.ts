import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { unpackLayer } from "../unpack/unpack-layer.js";
import { bytecodeLayer, packageLayer } from "./package-layer.js";

/** What an installer leaves in its target directory: it differs by installer, machine and time. */
function installed(t: TestContext, installer: string, seconds: number): string {
  const directory = temporaryDirectory(t);
  const record = ["b/core.py,sha256=2,1", "../../bin/b,sha256=3,1", "b-1.dist-info/INSTALLER,sha256=4,1"];
  for (const [path, text] of [
    ["b/__init__.py", ""],
    ["b/core.py", "x = 1\n"],
    ["b/native.so", "ELF"],
    ["b/__pycache__/core.cpython-312.pyc", "compiled"],
    ["bin/b", `#!/home/${installer}/bin/python\n`],
    ["b-1.dist-info/INSTALLER", installer],
    ["b-1.dist-info/direct_url.json", `{"url":"file:///${installer}"}`],
    ["b-1.dist-info/METADATA", "Name: b\n"],
    ["b-1.dist-info/RECORD", (installer === "pip" ? record : record.toReversed()).join("\r\n")],
  ] as const) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text, { mode: path.endsWith(".so") && installer === "pip" ? 0o755 : 0o644 });
    utimesSync(join(directory, path), seconds, seconds);
  }
  if (installer === "uv") writeFileSync(join(directory, ".lock"), "");
  return directory;
}

const optionsOf = (t: TestContext, installer: string, seconds: number) => ({
  key: "b==1",
  into: "/opt/python",
  cacheDir: temporaryDirectory(t),
  install: async () => installed(t, installer, seconds),
});

test("the same packages give the same layer with another installer and at another time", async (t) => {
  const one = await packageLayer(optionsOf(t, "pip", 1_000_000));
  const other = await packageLayer(optionsOf(t, "uv", 2_000_000));

  assert.equal(one.digest, other.digest);
});

test("contains the packages without compiled files, programs and what names this machine", async (t) => {
  const root = temporaryDirectory(t);
  const layer = await packageLayer(optionsOf(t, "pip", 1_000_000));

  await unpackLayer(layer.open(), root);

  const packages = join(root, "opt/python");
  const files = readdirSync(packages, { recursive: true, encoding: "utf8" });
  assert.deepEqual(files.filter((path) => statSync(join(packages, path)).isFile()).sort(), [
    "b-1.dist-info/METADATA",
    "b-1.dist-info/RECORD",
    "b/__init__.py",
    "b/core.py",
    "b/native.so",
  ]);
  assert.equal(readFileSync(join(packages, "b-1.dist-info/RECORD"), "utf8"), "b/core.py,sha256=2,1\n");
});

test("installs nothing when the layer is cached", async (t) => {
  const options = optionsOf(t, "pip", 1_000_000);
  const layer = await packageLayer(options);
  const install = () => Promise.reject(new Error("must not be called"));

  assert.equal((await packageLayer({ ...options, install })).digest, layer.digest);
});

test("compiled files have their own layer", async (t) => {
  const root = temporaryDirectory(t);

  await unpackLayer((await bytecodeLayer(optionsOf(t, "pip", 1_000_000))).open(), root);

  assert.deepEqual(readdirSync(join(root, "opt/python/b"), { recursive: true }).sort(), [
    "__pycache__",
    "__pycache__/core.cpython-312.pyc",
  ]);
});
