import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startTestCloud } from "../../test/support/cloud.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";

for (const [name, token] of [
  ["without a token", undefined],
  ["with an empty token", ""],
  ["with a wrong token", "0".repeat(64)],
] as const) {
  test(`rejects a reset ${name}, and names the token's file`, async (t) => {
    const dataDir = temporaryDirectory(t);
    const cloud = await startTestCloud(t, { dataDir });

    const response = await fetch(`${cloud.url}/_tepal/reset`, {
      method: "POST",
      headers: token === undefined ? {} : { "x-tepal-control-token": token },
    });

    assert.equal(response.status, 403);
    const tokenPath = join(dataDir, "control-token");
    assert.deepEqual(await response.json(), {
      message: `POST /_tepal/reset needs the header x-tepal-control-token with the content of ${tokenPath}`,
      tokenPath,
    });
  });
}

test("the health of the cloud needs no token", async (t) => {
  const cloud = await startTestCloud(t);

  assert.equal((await fetch(`${cloud.url}/_tepal/health`)).status, 200);
});

test("only the user can read the token, and each cloud has its own", {
  skip: process.platform === "win32",
}, async (t) => {
  const dataDir = temporaryDirectory(t);
  const path = join(dataDir, "control-token");
  writeFileSync(path, "known to all", { mode: 0o666 });

  const first = await startTestCloud(t, { dataDir });
  const token = readFileSync(path, "utf8");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.match(token, /^[0-9a-f]{64}$/);
  await first.close();
  await startTestCloud(t, { dataDir });

  assert.notEqual(readFileSync(path, "utf8"), token);
});
