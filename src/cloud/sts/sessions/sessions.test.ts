import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { clientOf, startTestCloud } from "../../../../test/support/cloud.js";

const hourMs = 3_600_000;

/** A cloud at a fixed time, with the roles "open", which every principal of the account can assume, and "lambdas". */
async function startSts(t: TestContext) {
  let nowMs = Date.UTC(2026, 0, 1);
  const cloud = await startTestCloud(t, { clock: { nowMs: () => nowMs, elapsedMs: () => nowMs } });
  const iam = new IAMClient(clientOf(cloud));
  for (const [RoleName, Principal] of [
    ["open", { AWS: "arn:aws:iam::000000000000:root" }],
    ["lambdas", { Service: "lambda.amazonaws.com" }],
  ] as const) {
    const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new CreateRoleCommand({ RoleName, Path: "/x/", AssumeRolePolicyDocument }));
  }
  const client = (credentials?: Credentials) =>
    new STSClient({
      ...clientOf(cloud),
      ...(credentials && {
        credentials: {
          accessKeyId: credentials.AccessKeyId ?? "",
          secretAccessKey: credentials.SecretAccessKey ?? "",
          sessionToken: credentials.SessionToken,
        },
      }),
    });
  const assume = (role: string, more = {}, from = client()) =>
    from.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::000000000000:role/x/${role}`, RoleSessionName: "me", ...more }),
    );
  return {
    client,
    assume,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("identifies a session by the credentials of an assumed role until they expire", async (t) => {
  const { client, assume, advance } = await startSts(t);
  const { Credentials, AssumedRoleUser } = await assume("open");
  const session = client(Credentials);

  const before = await session.send(new GetCallerIdentityCommand());
  advance(hourMs);
  const after = await session.send(new GetCallerIdentityCommand());

  assert.equal(before.Arn, "arn:aws:sts::000000000000:assumed-role/open/me");
  assert.equal(before.UserId, AssumedRoleUser?.AssumedRoleId);
  assert.match(before.UserId ?? "", /^AROA[A-Z2-7]{17}:me$/);
  assert.deepEqual(Credentials?.Expiration, new Date(Date.UTC(2026, 0, 1, 1)));
  assert.equal(after.Arn, "arn:aws:iam::000000000000:root");
});

test("issues a session token with the identity of the caller", async (t) => {
  const { client } = await startSts(t);
  const { Credentials } = await client().send(new GetSessionTokenCommand());

  assert.equal((await client(Credentials).send(new GetCallerIdentityCommand())).Arn, "arn:aws:iam::000000000000:root");
});

for (const [name, role, input, error, message] of [
  [
    "a role that trusts only services",
    "lambdas",
    {},
    "AccessDenied",
    "User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/x/lambdas",
  ],
  ["a role that does not exist", "absent", {}, "AccessDenied", /^User: .* is not authorized/],
  ["a name of one letter", "open", { RoleSessionName: "m" }, "ValidationError", /length greater than or equal to 2$/],
  [
    "a name with a space",
    "open",
    { RoleSessionName: "m e" },
    "ValidationError",
    /regular expression pattern: \[\\w\+=,\.@-\]\*$/,
  ],
  [
    "a longer session than the role allows",
    "open",
    { DurationSeconds: 7200 },
    "ValidationError",
    /exceeds the MaxSessionDuration/,
  ],
  ["a session that is too short", "open", { DurationSeconds: 60 }, "ValidationError", /greater than or equal to 900$/],
] as const) {
  test(`rejects ${name} with ${error}`, async (t) => {
    const { assume } = await startSts(t);

    await assert.rejects(assume(role, input), { name: error, message });
  });
}

test("rejects a session that assumes a role which does not trust it", async (t) => {
  const { client, assume } = await startSts(t);
  const { Credentials } = await assume("open");

  await assert.rejects(assume("lambdas", {}, client(Credentials)), {
    name: "AccessDenied",
    message: /^User: arn:aws:sts::000000000000:assumed-role\/open\/me is not authorized/,
  });
});
