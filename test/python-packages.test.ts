// The real pip with a package index in a directory, without a network: what it decides for another Python and platform.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Packages } from "../src/cli/python/packages.js";
import { readProject } from "../src/cli/python/requirements.js";
import { unpackLayer } from "../src/image/index.js";
import { testContext } from "./support/command-context.js";
import { missing } from "./support/programs.js";
import { run, runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const skip =
  missing("python3") ||
  (!missing("uv") && "uv is installed and used in place of pip") ||
  ((await run("python3", ["-m", "pip", "--version"])).status !== 0 && "no pip");
const target = { platform: { os: "linux", architecture: "arm64" }, version: "3.13", glibc: "2.34" };

/** Writes the wheels of a package: name, version, tags, required packages. */
const writeWheels = `
import json, sys, zipfile
for name, version, tags, requires in json.loads(sys.argv[2]):
    with zipfile.ZipFile(f"{sys.argv[1]}/{name}-{version}-{tags}.whl", "w") as wheel:
        info = f"{name}-{version}.dist-info"
        wheel.writestr(f"{name}/__init__.py", f"version = '{version}'\\n")
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: {tags}\\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n"
            + "".join(f"Requires-Dist: {each}\\n" for each in requires))
        wheel.writestr(f"{info}/RECORD", "")
`;
const wheels = [
  ["top", "1.0", "py3-none-any", ['older; python_version < "3.13"', 'newer; python_version >= "3.13"']],
  ["top", "2.0", "py3-none-any", ["missing>1"]],
  ["newer", "1.0", "cp313-cp313-manylinux_2_28_aarch64", ['arm; platform_machine == "aarch64"']],
  ["newer", "2.0", "cp313-cp313-manylinux_2_39_aarch64", []],
  ["older", "1.0", "py3-none-any", []],
  ["arm", "1.0", "cp39-abi3-manylinux2014_aarch64", ['mac; sys_platform == "darwin"']],
  ["mac", "1.0", "py3-none-any", []],
] as const;

async function projectOf(t: TestContext, requirements: string) {
  const directory = temporaryDirectory(t);
  mkdirSync(join(directory, "wheels"));
  await runWell("python3", ["-c", writeWheels, join(directory, "wheels"), JSON.stringify(wheels)]);
  writeFileSync(join(directory, "requirements.txt"), `--no-index\n--find-links wheels\n${requirements}\n`);
  // A module of the user that would replace one of Python's.
  writeFileSync(join(directory, "random.py"), "raise SystemExit('imported')\n");
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, XDG_CACHE_HOME: temporaryDirectory(t) };
  const context = testContext({ env: { ...env, UV: "", PIP_REQUIRE_VIRTUALENV: "1" }, cwd: directory });
  const project = await readProject(directory, [], context);
  return { ...project, directory, packages: new Packages(target, context) };
}

test("pip chooses wheels and evaluates markers for the image, and installs what it chose", { skip }, async (t) => {
  const { requirements, directory, packages } = await projectOf(t, "top<2");

  const pins = await packages.resolve(requirements, directory, false);
  const { indexOptions } = requirements;
  const layers = await packages.layers(pins, "/opt/python", { indexOptions });
  const root = temporaryDirectory(t);
  await unpackLayer(layers.packages.open(), root);

  assert.deepEqual(pins.map(({ requirement }) => requirement).sort(), ["arm==1.0", "newer==1.0", "top==1.0"]);
  assert.ok(pins.every(({ hashes }) => /^sha256:[0-9a-f]{64}$/.test(hashes.join())));
  assert.equal(await runWell("cat", [join(root, "opt/python/newer/__init__.py")]), "version = '1.0'");
});

test("a package that has no wheel for the image is an error with its name, before anything is built", {
  skip,
}, async (t) => {
  const { requirements, directory, packages } = await projectOf(t, "newer==2.0");

  await assert.rejects(packages.resolve(requirements, directory, false), {
    code: "requirements-unresolved",
    message: "No wheel of newer==2.0 for linux/arm64 and Python 3.13 (versions with wheels: 1.0)",
  });
});
