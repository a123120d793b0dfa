// The job that scores tables in S3: its role, state machine and execution in moto, an independent AWS.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { GetRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { systemClock } from "../src/base/index.js";
import { batchDefinition, batchRole, connectAws, runBatch } from "../src/deploy/index.js";
import { startMoto } from "./support/moto.js";

async function account(t: TestContext) {
  const aws = await connectAws({
    endpoint: await startMoto(t),
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    clock: systemClock,
    sleep: async () => {},
  });
  t.after(() => aws.close());
  return aws;
}

const job = {
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:iris:prod",
  input: { bucket: "tables", key: "in/" },
  format: "csv",
  output: { bucket: "tables", key: "out/" },
  columns: [{ name: "a", isNumber: true }],
  method: "predict",
  concurrency: 8,
} as const;

test("creates a role and a state machine, starts it once, and finds it running", async (t) => {
  const aws = await account(t);
  const name = "tepal-score-iris";
  const role = batchRole(job, name, aws.place);
  const batch = { deployment: "iris", name, definition: batchDefinition(job), role };
  const stop = AbortSignal.abort();

  const first = await runBatch(aws, batch, { stop, onProgress: () => {} });
  const second = await runBatch(aws, batch, { stop, onProgress: () => {} });

  assert.deepEqual([first.began, first.status], ["started", "stopped"]);
  assert.deepEqual([second.began, second.executionArn], ["running", first.executionArn]);
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: name }));
  assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /states\.amazonaws\.com/);
  const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: "batch" }));
  assert.deepEqual(JSON.parse(decodeURIComponent(policy.PolicyDocument ?? "")), role.policy);
});

test("does not change a role that is not the deployment's", async (t) => {
  const aws = await account(t);
  const batch = { name: "tepal-score-iris", definition: batchDefinition(job), role: batchRole(job, "x", aws.place) };
  const watch = { stop: AbortSignal.abort(), onProgress: () => {} };
  await runBatch(aws, { ...batch, deployment: "another" }, watch);

  await assert.rejects(runBatch(aws, { ...batch, deployment: "iris" }, watch), { code: "resource-not-owned" });
});
