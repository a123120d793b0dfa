import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { missing } from "../../../../../test/support/programs.js";
import { projectPath } from "../../../../../test/support/project.js";
import { temporaryDirectory } from "../../../../../test/support/temporary-directory.js";
import { execErrorOf, execHelper } from "./exec-helper.js";
import { machineCode } from "./machine-code.js";

const helper = process.platform === "linux" ? execHelper(process.arch) : undefined;
const skip = helper ? false : "needs Linux on x64 or arm64";

test("passes on the command's own variables only, and no open file", { skip }, (t) => {
  const path = join(temporaryDirectory(t), "helper");
  writeFileSync(path, helper!);
  chmodSync(path, 0o755);
  const directory = openSync("/", "r");

  const { stdout } = spawnSync(path, ["/bin/sh", "-c", 'env; ls /proc/self/fd | tr "\\n" " "', "a b"], {
    env: { _TPATH: "/usr/bin:/bin", _TEMPTY: "", SECRET: "of the cloud", _X: "1" },
    stdio: ["ignore", "pipe", "inherit", directory],
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

for (const [command, message] of [
  ["/absent", "no such file or directory"],
  ["/etc/passwd", "permission denied"],
  ["/dev/null/x", "not a directory"],
] as const) {
  test(`reports why ${command} cannot be executed`, { skip }, (t) => {
    const path = join(temporaryDirectory(t), "helper");
    writeFileSync(path, helper!);
    chmodSync(path, 0o755);

    const { status } = spawnSync(path, [command]);

    assert.equal(execErrorOf(status ?? 0), message);
  });
}

test("is what the assembler makes of its source", { skip: missing("as", "objcopy") }, (t) => {
  if (process.arch !== "x64") return t.skip("the assembler is for another processor");
  const directory = temporaryDirectory(t);
  const source = projectPath("src/cloud/lambda/sandbox/exec-helper/x64.s");
  spawnSync("as", [source, "-o", join(directory, "helper.o")]);
  spawnSync("objcopy", ["-O", "binary", "-j", ".text", join(directory, "helper.o"), join(directory, "helper.bin")]);

  assert.equal(readFileSync(join(directory, "helper.bin")).toString("hex"), machineCode.x64?.code);
});
