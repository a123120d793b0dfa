import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { clientOf, startTestCloud } from "../../test/support/cloud.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import { prepareDataDirectory } from "./data-directory.js";

const modeOf = (path: string) => statSync(path).mode & 0o777;

test("makes an existing directory and its subdirectories private", (t) => {
  const path = temporaryDirectory(t);
  chmodSync(path, 0o755);
  mkdirSync(join(path, "lambda"), { mode: 0o755 });
  writeFileSync(join(path, "cloud-4566.log"), "");

  prepareDataDirectory(path);

  assert.deepEqual([path, join(path, "store"), join(path, "lambda")].map(modeOf), [0o700, 0o700, 0o700]);
});

test("keeps the mode of a directory with other files, but makes its own subdirectories private", (t) => {
  const path = temporaryDirectory(t);
  chmodSync(path, 0o755);
  writeFileSync(join(path, "notes.txt"), "");

  prepareDataDirectory(path);

  assert.deepEqual([path, join(path, "store"), join(path, "lambda")].map(modeOf), [0o755, 0o700, 0o700]);
});

test("creates every missing level", (t) => {
  const path = join(temporaryDirectory(t), "a", "b");

  prepareDataDirectory(path);

  assert.equal(modeOf(path), 0o700);
});

for (const [name, path] of [
  ["a path below /proc", () => "/proc/tepal-data"],
  ["a path below a file", (directory: string) => join(directory, "file", "data")],
  ["a file", (directory: string) => join(directory, "file")],
  ["a read-only file system", () => "/proc/sys"],
] as const) {
  test(`rejects ${name}`, { skip: process.platform !== "linux" }, (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, "file"), "");

    assert.throws(() => prepareDataDirectory(path(directory)), {
      code: "data-directory-unusable",
      message: /^Cannot use \/.* as the data directory: E[A-Z]+:/,
    });
  });
}

test("acknowledges no change after the data directory was removed", async (t) => {
  const dataDir = temporaryDirectory(t);
  const cloud = await startTestCloud(t, { dataDir });
  const iam = new IAMClient({ ...clientOf(cloud), maxAttempts: 1 });
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const createRole = (RoleName: string) =>
    iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
      }),
    );
  await createRole("a");

  rmSync(dataDir, { recursive: true });

  await assert.rejects(createRole("b"), { name: "InternalFailure" });
});
