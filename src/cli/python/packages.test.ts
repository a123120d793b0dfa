// Packages with installers that are shell scripts: what they are called with, and what is kept of their results.

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { testContext } from "../../../test/support/command-context.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { Packages } from "./packages.js";
import { readProject } from "./requirements.js";

const target = { platform: { os: "linux", architecture: "arm64" }, version: "3.12", glibc: "2.30" };
const hash = `sha256:${"a".repeat(64)}`;

/** Writes its arguments and environment to a log, and prints what uv prints. */
const uv = `#!/bin/sh
[ "$1" = --version ] && { echo "uv 0.9"; exit; }
echo "$*" >> "$LOG"
env | grep ^UV_ >> "$LOG"
[ -n "$FAILS" ] && { echo "$FAILS" >&2; exit 1; }
if [ "$2" = compile ]; then
  printf 'numpy==2.1.0 \\\\\\n    --hash=${hash}\\n'
  exit
fi
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/numpy" && echo 'x = 1' > "$2/numpy/__init__.py"
`;

function project(t: TestContext, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const [bin, directory, home] = [temporaryDirectory(t), temporaryDirectory(t), temporaryDirectory(t)];
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  writeFileSync(join(bin, "uv"), uv);
  chmodSync(join(bin, "uv"), 0o755);
  const log = join(home, "log");
  const calls = () => (existsSync(log) ? readFileSync(log, "utf8") : "");
  const forget = () => rmSync(log, { force: true });
  // Without this machine's Python: only the installer of this test is found.
  for (const name of ["sh", "env", "grep", "printf", "mkdir"]) {
    const path = ["/bin", "/usr/bin"].map((each) => join(each, name)).find((each) => existsSync(each));
    if (path) writeFileSync(join(bin, name), `#!/bin/sh\nexec ${path} "$@"\n`, { mode: 0o755 });
  }
  const context = testContext({
    env: { PATH: bin, LOG: log, XDG_CACHE_HOME: home, UV_INDEX: "https://me:password@host.test/simple", ...env },
    homeDir: home,
  });
  const resolve = async (lock = false, pip: readonly string[] = []) => {
    const { requirements } = await readProject(directory, pip, context);
    return new Packages(target, context).resolve(requirements, directory, lock);
  };
  return { directory, context, calls, forget, resolve };
}

const numpy = [{ requirement: "numpy==2.1.0", hashes: [hash] }];

test("resolves for the platform and the Python of the image", async (t) => {
  const { resolve, calls } = project(t, { "requirements.txt": "numpy\n" });

  assert.deepEqual(await resolve(), numpy);
  assert.match(
    calls(),
    /^pip compile .*\/requirements\.txt --python-platform aarch64-manylinux_2_28 --python-version 3\.12/,
  );
  assert.match(calls(), /--only-binary :all:/);
});

test("resolves the same requirements once, and others or with --lock again", async (t) => {
  const { directory, resolve, calls, forget } = project(t, { "requirements.txt": "numpy\n" });
  await resolve();
  forget();

  await resolve();
  assert.equal(calls(), "");
  await resolve(false, ["joblib"]);
  assert.match(calls(), /requirements\.txt .*\/requirements\.in /);
  forget();
  writeFileSync(join(directory, "requirements.txt"), "numpy>=2\n");
  await resolve();
  assert.match(calls(), /compile/);
  forget();
  await resolve(true);
  assert.match(calls(), /compile/);
});

test("writes a lock file, which another machine uses without a resolver", async (t) => {
  const first = project(t, { "requirements.txt": "numpy\n" });
  await first.resolve(true);
  const lock = readFileSync(join(first.directory, "requirements.lock"), "utf8");
  const second = project(t, { "requirements.txt": "numpy\n", "requirements.lock": lock });

  assert.match(lock, /^# The packages of an image for Python 3\.12 on linux\/arm64, written by tepal build --lock\.$/m);
  assert.match(lock, new RegExp(`^numpy==2\\.1\\.0 \\\\\\n    --hash=${hash}$`, "m"));
  assert.doesNotMatch(lock, /password/);
  assert.deepEqual(await second.resolve(), numpy);
  assert.equal(second.calls(), "");
});

test("a lock file for other requirements is not used, and the user is told", async (t) => {
  const first = project(t, { "requirements.txt": "numpy\n" });
  await first.resolve(true);
  writeFileSync(join(first.directory, "requirements.txt"), "numpy>2\n");
  first.forget();

  await first.resolve();

  assert.match(first.calls(), /compile/);
  assert.match(first.context.printed.err, /^requirements\.lock is not used: it is for other requirements/);
});

test("a layer is installed once, with hashes, and passwords are in no argument", async (t) => {
  const { context, calls, forget } = project(t, {});
  const options = { indexOptions: ["--index-url https://me:password@host.test/simple"] };

  const { packages } = await new Packages(target, context).layers(numpy, "/opt/python", options);
  const [call = ""] = calls().split("\n");
  forget();
  const again = await new Packages(target, context).layers(numpy, "/opt/python", options);

  assert.match(call, /^pip install --no-deps --require-hashes /);
  assert.doesNotMatch(call, /password/);
  assert.doesNotMatch(context.printed.err, /password/);
  assert.equal(context.printed.err, "Installing numpy 2.1.0 with uv ...\n");
  assert.equal(calls(), "");
  assert.equal(again.packages.digest, packages.digest);
});

test("a project without requirements needs no installer", async (t) => {
  const { resolve, calls } = project(t, { "requirements.txt": "# nothing\n" });

  assert.deepEqual(await resolve(), []);
  assert.equal(calls(), "");
});

test("a failed resolver is an error, and nothing is kept", async (t) => {
  const FAILS = "ERROR: No matching distribution found for numpy==0 at https://me:password@host.test";
  const { context, resolve } = project(t, { "requirements.txt": "numpy==0\n" }, { FAILS });

  await assert.rejects(resolve(), (error: Error & { code?: string }) => {
    assert.equal(error.code, "requirements-unresolved");
    assert.match(error.message, /^No wheel of numpy==0/);
    assert.doesNotMatch(error.message, /password/);
    return true;
  });
  assert.equal(existsSync(join(context.env.XDG_CACHE_HOME ?? "", "tepal/packages")), false);
});

test("a machine with neither uv nor pip is an error", async (t) => {
  const directory = temporaryDirectory(t);
  mkdirSync(join(directory, "bin"));
  const context = testContext({ env: { PATH: join(directory, "bin"), XDG_CACHE_HOME: directory }, homeDir: directory });
  const { requirements } = await readProject(directory, ["numpy"], context);

  await assert.rejects(new Packages(target, context).resolve(requirements, directory, false), {
    code: "python-not-found",
    message: "Packages cannot be installed: neither uv nor Python 3 with pip was found",
  });
});
