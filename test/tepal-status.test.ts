// What users see of a deployment that works, and of one that does not: status, metrics, requests from files, logs.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DeleteRestApiCommand } from "@aws-sdk/client-api-gateway";
import { deployIris } from "./support/deployed-iris.js";

test("status, metrics and requests of a deployed model", async (t) => {
  const { tepal, folder, gateway, stage } = await deployIris(t);
  const row = "[[5.9, 3.0, 5.1, 2.3]]";
  writeFileSync(join(folder, "request.json"), `{"values": ${row}}`);

  for (const words of [
    ["invoke", "iris", row],
    ["invoke", "iris", "@request.json"],
    ["invoke", "iris", "@request.json", "--method", "predict"],
  ]) {
    const { out, err } = await tepal(...words);
    assert.equal(out, "[2]\n", err);
  }
  assert.match((await tepal("invoke", "iris", row, "--method", "decision_function")).out, /^\[\[-?\d+\.\d+,/);
  const twice = await tepal("invoke", "iris", '{"values": [], "method": "predict"}', "--method", "predict");
  assert.match(twice.err, /The request has a method already/);
  assert.equal((await tepal("invoke", "iris", "[[1, 2, 3]]")).status, 1);

  const all = await tepal("status");
  assert.equal(all.status, 0, all.err);
  assert.match(all.out, /^cloud {2}running at http:\/\/127\.0\.0\.1:\d+, process \d+/);
  assert.match(all.out, /^iris +prod +ok +1 +sha256:[0-9a-f]{12} +20\d\d-\d\d-\d\dT\S+ +sklearn\.svm\.SVC/m);
  const { stages, cloud } = JSON.parse((await tepal("status", "iris", "--json")).out);
  assert.deepEqual([stages[0].functionState, stages[0].problems, stages[0].version], ["Active", [], "1"]);
  assert.equal(typeof cloud.pid, "number");

  const { versions } = JSON.parse((await tepal("metrics", "iris", "--json")).out);
  const [one] = versions;
  assert.ok(one.requests >= 5 && one.coldStarts >= 1 && one.billedMs > 0, JSON.stringify(versions));
  assert.deepEqual([one.version, one.rejected, one.errors], ["1", 1, 0]);
  assert.match((await tepal("metrics", "iris")).out, /^VERSION +REQUESTS +ERRORS +REJECTED +P50 /);

  await gateway.send(new DeleteRestApiCommand({ restApiId: stage.restApiId }));
  const incomplete = await tepal("status", "iris");
  assert.equal(incomplete.status, 1);
  assert.match(incomplete.out, /^iris has no stage: its deployment was interrupted after .*function iris/);
  assert.match(incomplete.err, /"tepal deploy" again/);
  assert.match((await tepal("status", "other")).err, /\[deployment-unknown\]\n$/);
});
