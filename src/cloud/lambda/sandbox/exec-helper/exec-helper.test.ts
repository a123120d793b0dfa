import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { missing } from "../../../../../test/support/programs.js";
import { projectPath } from "../../../../../test/support/project.js";
import { temporaryFolder } from "../../../../../test/support/temporary-folder.js";
import { execHelper, notStartedWords } from "./exec-helper.js";
import { machines } from "./machine-code.js";

const helper = process.platform === "linux" ? execHelper(process.arch) : undefined;
const skip = helper ? false : "needs Linux on x64 or arm64";

test("the helper gives the command its own variables and no other, and no open file", { skip }, (t) => {
  const path = join(temporaryFolder(t), "helper");
  writeFileSync(path, helper!);
  chmodSync(path, 0o755);
  const folder = openSync("/", "r");

  const { stdout } = spawnSync(path, ["/bin/sh", "-c", 'env; ls /proc/self/fd | tr "\\n" " "', "a b"], {
    env: { _TPATH: "/usr/bin:/bin", _TEMPTY: "", SECRET: "of the cloud", _X: "1" },
    stdio: ["ignore", "pipe", "inherit", folder],
    encoding: "utf8",
  });

  assert.deepEqual(
    stdout
      .split("\n")
      .filter((line) => !/^(PWD|_|SHLVL)=/.test(line))
      .sort(),
    ["0 1 2 3 ", "EMPTY=", "PATH=/usr/bin:/bin"],
  );
});

for (const [command, words] of [
  ["/absent", "no such file or directory"],
  ["/etc/passwd", "permission denied"],
  ["/dev/null/x", "not a directory"],
] as const) {
  test(`the helper says why ${command} cannot be started`, { skip }, (t) => {
    const path = join(temporaryFolder(t), "helper");
    writeFileSync(path, helper!);
    chmodSync(path, 0o755);

    const { status } = spawnSync(path, [command]);

    assert.equal(notStartedWords(status ?? 0), words);
  });
}

test("the helper's bytes are what the assembler makes of its source", { skip: missing("as", "objcopy") }, (t) => {
  if (process.arch !== "x64") return t.skip("the assembler is another processor's");
  const folder = temporaryFolder(t);
  const source = projectPath("src/cloud/lambda/sandbox/exec-helper/x64.s");
  spawnSync("as", [source, "-o", join(folder, "helper.o")]);
  spawnSync("objcopy", ["-O", "binary", "-j", ".text", join(folder, "helper.o"), join(folder, "helper.bin")]);

  assert.equal(readFileSync(join(folder, "helper.bin")).toString("hex"), machines.x64?.code);
});
