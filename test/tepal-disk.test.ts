// What the command says about disks that are full or read-only, and about data that is damaged: one sentence and the
// remedy, never a stack.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { emptyHome, freePort } from "./support/tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");
const skip = process.getuid?.() === 0 ? missing("mount", "umount") : "mounting a file system requires root";

/** A file system of 1 MB. */
function disk(t: TestContext, options: string): string {
  const directory = mkdtempSync(join(tmpdir(), "tepal-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=1m,${options}`, "tmpfs", directory]);
  t.after(() => {
    execFileSync("umount", ["--lazy", directory]);
    rmSync(directory, { recursive: true });
  });
  return directory;
}

const bug = /bug in Tepal|\n {4}at /;

for (const [name, options, reason] of [
  ["full", "rw", /Cannot write .*: the disk is full\n/],
  [
    "read-only",
    "ro",
    /Cannot write .*: (?:the file system is read-only|its directory does not exist and cannot be created)\n/,
  ],
] as const) {
  test(`a cache on a ${name} disk is an error that names the variable to change`, { skip }, async (t) => {
    const home = emptyHome(t, { cache: disk(t, options) });

    const { status, err } = await home.tepal(["build", iris, "--output", "iris.tar"]);

    assert.equal(status, 1);
    assert.match(err, reason);
    assert.match(err, /XDG_CACHE_HOME/);
    assert.doesNotMatch(err, bug);
  });

  test(`an output on a ${name} disk is an error that names its path`, { skip }, async (t) => {
    const home = emptyHome(t, { cache: projectPath(".build/cache") });
    const output = join(disk(t, options), "iris.tar");

    const { status, err } = await home.tepal(["build", iris, "--output", output]);

    assert.equal(status, 1);
    assert.match(err, new RegExp(`Cannot write ${output}: .*\n {2}Choose another path, or free disk space\\.\n`));
    assert.doesNotMatch(err, bug);
  });
}

test("a deployment into a cloud whose disk is full says so", { skip }, async (t) => {
  const env = { TEPAL_PORT: String(await freePort()), XDG_DATA_HOME: disk(t, "rw") };
  const home = emptyHome(t, { last: ["cloud", "stop"], cache: projectPath(".build/cache"), env });

  const { status, err } = await home.tepal(["deploy", iris, "--name", "iris"]);

  assert.equal(status, 1);
  assert.match(err, /The cloud cannot write to its data directory: the disk is full\. Free some space/);
  assert.doesNotMatch(err, bug);
});

test("a cloud with a read-only data directory does not start", { skip }, async (t) => {
  const env = { TEPAL_PORT: String(await freePort()), XDG_DATA_HOME: disk(t, "ro") };

  const { status, err } = await emptyHome(t, { env }).tepal(["cloud", "start"]);

  assert.equal(status, 1);
  assert.match(err, /Cannot use .* as the data directory: EROFS.*\n.*choose another directory with --data/);
});

for (const [name, damage] of [
  ["does not begin with the header", (path: string) => writeFileSync(path, "not a store".repeat(1000))],
  ["is cut", (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 9000))],
  [
    "has damaged pages",
    (path: string) => {
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill(0xa5, 8192));
    },
  ],
] as const) {
  test(`a store whose file ${name} is one sentence with the remedy`, async (t) => {
    const env = { TEPAL_PORT: String(await freePort()) };
    const home = emptyHome(t, { last: ["cloud", "stop"], cache: projectPath(".build/cache"), env });
    await home.tepal(["cloud", "start"]);
    await home.tepal(["cloud", "stop"]);
    const store = join(home.folder, ".local/share/tepal/store/documents.mdb");
    assert.ok(statSync(store).size > 8192);
    damage(store);

    const { status, err } = await home.tepal(["cloud", "start"]);

    assert.equal(status, 1);
    assert.match(
      err,
      /^tepal cloud start: The cloud (?:did not start on port|crashed while it opened its data).*\n {2}Restore .* from a backup, or delete it to start with an empty cloud\.\n/,
    );
    assert.doesNotMatch(err, bug);
  });
}

test("commands for a cloud that was killed say how to start it, and the next start has its data", async (t) => {
  const env = { TEPAL_PORT: String(await freePort()) };
  const home = emptyHome(t, { last: ["cloud", "stop"], cache: projectPath(".build/cache"), env });
  const { pid } = JSON.parse((await home.tepal(["cloud", "start", "--json"])).out);
  process.kill(pid, "SIGKILL");

  for (const words of [["list"], ["status"], ["metrics", "iris"], ["logs", "iris"], ["invoke", "iris", "[]"]]) {
    const { status, err } = await home.tepal(words);
    assert.equal(status, 1);
    assert.match(err, /^tepal \w+: No Tepal cloud is running at .*\n {2}Start it with "tepal cloud start"\.\n/);
  }
  assert.equal((await home.tepal(["cloud", "start"])).status, 0);
});
