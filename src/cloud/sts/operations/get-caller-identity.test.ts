import assert from "node:assert/strict";
import { test } from "node:test";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientOf, startTestCloud } from "../../../../test/support/cloud.js";

async function identityOf(client: STSClient) {
  const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand());
  return { Account, Arn, UserId };
}

test("reports the root user of account 000000000000 for an unknown access key", async (t) => {
  const cloud = await startTestCloud(t);

  assert.deepEqual(await identityOf(new STSClient(clientOf(cloud))), {
    Account: "000000000000",
    Arn: "arn:aws:iam::000000000000:root",
    UserId: "000000000000",
  });
});

test("reports an access key id of 12 digits as the account", async (t) => {
  const cloud = await startTestCloud(t);

  const { Arn } = await identityOf(new STSClient(clientOf(cloud, { account: "123456789012" })));

  assert.equal(Arn, "arn:aws:iam::123456789012:root");
});

test("reports the account that the cloud was started with", async (t) => {
  const cloud = await startTestCloud(t, { account: "210987654321" });

  assert.equal((await identityOf(new STSClient(clientOf(cloud)))).Account, "210987654321");
});
