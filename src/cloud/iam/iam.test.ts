import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import * as iam from "@aws-sdk/client-iam";
import { clientOf, startTestCloud } from "../../../test/support/cloud.js";

const trust = policy({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
const readAll = policy({ Action: "s3:Get*", Resource: "*" });
const basicExecution = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

async function startIam(t: TestContext) {
  const client = new iam.IAMClient(clientOf(await startTestCloud(t)));
  const createRole = (RoleName: string, more: Partial<iam.CreateRoleCommandInput> = {}) =>
    client.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }));
  return { client, createRole };
}

test("returns a role as it was created", async (t) => {
  const { client, createRole } = await startIam(t);
  await createRole("iris", { Path: "/service/", Description: "<d> & d", Tags: [{ Key: "k", Value: "" }] });

  const { Role } = await client.send(new iam.GetRoleCommand({ RoleName: "iris" }));

  assert.match(Role?.RoleId ?? "", /^AROA[A-Z2-7]{17}$/);
  assert.equal(Role?.CreateDate?.getMilliseconds(), 0);
  assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), trust);
  assert.deepEqual(
    [Role?.Arn, Role?.Path, Role?.Description, Role?.MaxSessionDuration, Role?.Tags],
    ["arn:aws:iam::000000000000:role/service/iris", "/service/", "<d> & d", 3600, [{ Key: "k", Value: "" }]],
  );
});

test("deletes a role only after its policies", async (t) => {
  const { client, createRole } = await startIam(t);
  await createRole("iris");
  const named = { RoleName: "iris" };
  const remove = () => client.send(new iam.DeleteRoleCommand(named));
  await client.send(new iam.AttachRolePolicyCommand({ ...named, PolicyArn: basicExecution }));
  await client.send(new iam.AttachRolePolicyCommand({ ...named, PolicyArn: basicExecution }));
  await client.send(new iam.PutRolePolicyCommand({ ...named, PolicyName: "read", PolicyDocument: readAll }));

  await assert.rejects(remove(), { name: "DeleteConflictException", message: /must detach all policies first/ });
  const { AttachedPolicies } = await client.send(new iam.ListAttachedRolePoliciesCommand(named));
  assert.deepEqual(AttachedPolicies, [{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: basicExecution }]);
  await client.send(new iam.DetachRolePolicyCommand({ ...named, PolicyArn: basicExecution }));
  await assert.rejects(remove(), { name: "DeleteConflictException", message: /must delete policies first/ });
  await client.send(new iam.DeleteRolePolicyCommand({ ...named, PolicyName: "read" }));
  await remove();
  await assert.rejects(remove(), {
    name: "NoSuchEntityException",
    message: "The role with name iris cannot be found.",
  });
});

test("changes a role's description, trust policy, tags and inline policies", async (t) => {
  const { client, createRole } = await startIam(t);
  await createRole("iris", {
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  const named = { RoleName: "iris" };
  const other = policy({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" });

  await client.send(new iam.UpdateRoleCommand({ ...named, Description: "d", MaxSessionDuration: 7200 }));
  await client.send(new iam.UpdateAssumeRolePolicyCommand({ ...named, PolicyDocument: other }));
  await client.send(
    new iam.TagRoleCommand({
      ...named,
      Tags: [
        { Key: "b", Value: "3" },
        { Key: "c", Value: "4" },
      ],
    }),
  );
  await client.send(new iam.UntagRoleCommand({ ...named, TagKeys: ["a"] }));
  await client.send(new iam.PutRolePolicyCommand({ ...named, PolicyName: "p", PolicyDocument: readAll }));

  const { Role } = await client.send(new iam.GetRoleCommand(named));
  assert.deepEqual([Role?.Description, Role?.MaxSessionDuration], ["d", 7200]);
  assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), other);
  const { Tags } = await client.send(new iam.ListRoleTagsCommand(named));
  assert.deepEqual(Tags, [
    { Key: "b", Value: "3" },
    { Key: "c", Value: "4" },
  ]);
  const { PolicyDocument } = await client.send(new iam.GetRolePolicyCommand({ ...named, PolicyName: "p" }));
  assert.equal(decodeURIComponent(PolicyDocument ?? ""), readAll);
  assert.deepEqual((await client.send(new iam.ListRolePoliciesCommand(named))).PolicyNames, ["p"]);
  assert.deepEqual((await client.send(new iam.ListInstanceProfilesForRoleCommand(named))).InstanceProfiles, []);
});

test("lists the roles of an account by path and in pages, each once", async (t) => {
  const cloud = await startTestCloud(t);
  const client = new iam.IAMClient(clientOf(cloud));
  for (const [name, path] of [
    ["c", "/"],
    ["a", "/x/"],
    ["b", "/x/"],
    ["d", "/x/"],
  ] as const)
    await client.send(new iam.CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: trust }));

  const names: (string | undefined)[] = [];
  for await (const page of iam.paginateListRoles({ client, pageSize: 2 }, { PathPrefix: "/x/" }))
    names.push(...(page.Roles ?? []).map(({ RoleName }) => RoleName));

  assert.deepEqual(names, ["a", "b", "d"]);
  const stranger = new iam.IAMClient(clientOf(cloud, { account: "123456789012" }));
  assert.deepEqual((await stranger.send(new iam.ListRolesCommand())).Roles, []);
});

test("manages the versions of a customer policy, and deletes it only when it is not attached", async (t) => {
  const { client, createRole } = await startIam(t);
  await createRole("iris");
  const { Policy } = await client.send(new iam.CreatePolicyCommand({ PolicyName: "read", PolicyDocument: readAll }));
  const named = { PolicyArn: Policy?.Arn };
  const second = policy({ Action: "s3:*", Resource: "*" });
  await client.send(new iam.CreatePolicyVersionCommand({ ...named, PolicyDocument: second, SetAsDefault: true }));
  await client.send(new iam.AttachRolePolicyCommand({ RoleName: "iris", ...named }));

  const found = (await client.send(new iam.GetPolicyCommand(named))).Policy;
  assert.deepEqual(
    [found?.Arn, found?.DefaultVersionId, found?.AttachmentCount],
    ["arn:aws:iam::000000000000:policy/read", "v2", 1],
  );
  const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand({ ...named, VersionId: "v2" }));
  assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ""), second);
  await assert.rejects(client.send(new iam.DeletePolicyCommand(named)), { name: "DeleteConflictException" });
  await client.send(new iam.DetachRolePolicyCommand({ RoleName: "iris", ...named }));
  await client.send(new iam.DeletePolicyVersionCommand({ ...named, VersionId: "v1" }));
  await client.send(new iam.DeletePolicyCommand(named));
  await assert.rejects(client.send(new iam.GetPolicyCommand(named)), { name: "NoSuchEntityException" });
});

test("has the documents of AWS's managed policies", async (t) => {
  const { client } = await startIam(t);

  const { PolicyVersion } = await client.send(
    new iam.GetPolicyVersionCommand({ PolicyArn: basicExecution, VersionId: "v1" }),
  );

  assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "")).Statement[0].Action, [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
  ]);
});

for (const [name, command, error, message] of [
  [
    "a role that exists, in another case",
    new iam.CreateRoleCommand({ RoleName: "TAKEN", AssumeRolePolicyDocument: trust }),
    "EntityAlreadyExistsException",
    "Role with name TAKEN already exists.",
  ],
  [
    "a name with a space",
    new iam.CreateRoleCommand({ RoleName: "a b", AssumeRolePolicyDocument: trust }),
    "ValidationError",
    /^The specified value for roleName is invalid/,
  ],
  [
    "a name that is too long",
    new iam.CreateRoleCommand({ RoleName: "a".repeat(65), AssumeRolePolicyDocument: trust }),
    "ValidationError",
    /length less than or equal to 64$/,
  ],
  [
    "a path without its final slash",
    new iam.CreateRoleCommand({ RoleName: "a", Path: "/x", AssumeRolePolicyDocument: trust }),
    "ValidationError",
    /^The specified value for path is invalid/,
  ],
  [
    "a session that is too short",
    new iam.CreateRoleCommand({ RoleName: "a", MaxSessionDuration: 60, AssumeRolePolicyDocument: trust }),
    "ValidationError",
    /greater than or equal to 3600$/,
  ],
  [
    "a trust policy that is not JSON",
    new iam.CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: "{" }),
    "MalformedPolicyDocumentException",
    "This policy contains invalid Json",
  ],
  [
    "a trust policy with a resource",
    new iam.CreateRoleCommand({
      RoleName: "a",
      AssumeRolePolicyDocument: policy({ Principal: "*", Action: "sts:AssumeRole", Resource: "*" }),
    }),
    "MalformedPolicyDocumentException",
    "Has prohibited field Resource",
  ],
  [
    "a trust policy without principals",
    new iam.CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: policy({ Action: "sts:AssumeRole" }) }),
    "MalformedPolicyDocumentException",
    "Missing required field Principal",
  ],
  [
    "a trust policy of another action",
    new iam.CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: policy({ Principal: "*", Action: "s3:*" }) }),
    "MalformedPolicyDocumentException",
    "AssumeRole policy may only specify STS AssumeRole actions.",
  ],
  [
    "a policy with a principal",
    new iam.CreatePolicyCommand({
      PolicyName: "p",
      PolicyDocument: policy({ Principal: "*", Action: "s3:*", Resource: "*" }),
    }),
    "MalformedPolicyDocumentException",
    "Policy document should not specify a principal.",
  ],
  [
    "a policy with an unknown element",
    new iam.CreatePolicyCommand({ PolicyName: "p", PolicyDocument: policy({ Actions: "s3:*" }) }),
    "MalformedPolicyDocumentException",
    "Syntax errors in policy.",
  ],
  [
    "an unknown managed policy",
    new iam.AttachRolePolicyCommand({ RoleName: "taken", PolicyArn: "arn:aws:iam::aws:policy/Nothing" }),
    "NoSuchEntityException",
    "Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.",
  ],
  [
    "an invalid ARN",
    new iam.AttachRolePolicyCommand({ RoleName: "taken", PolicyArn: "AWSLambdaBasicExecutionRole" }),
    "ValidationError",
    "ARN AWSLambdaBasicExecutionRole is not valid.",
  ],
  [
    "a policy that is not attached",
    new iam.DetachRolePolicyCommand({ RoleName: "taken", PolicyArn: basicExecution }),
    "NoSuchEntityException",
    `Policy ${basicExecution} was not found.`,
  ],
  [
    "an unknown inline policy",
    new iam.GetRolePolicyCommand({ RoleName: "taken", PolicyName: "p" }),
    "NoSuchEntityException",
    "The role policy with name p cannot be found.",
  ],
] as const) {
  test(`rejects ${name} with ${error}`, async (t) => {
    const { client, createRole } = await startIam(t);
    await createRole("taken");

    await assert.rejects(
      // Each row's command is one that this client sends; their union is too wide for its overloads.
      client.send(command as Parameters<typeof client.send>[0]),
      (thrown: Error) => {
        assert.equal(thrown.name, error);
        if (typeof message === "string") assert.equal(thrown.message, message);
        else assert.match(thrown.message, message);
        return true;
      },
    );
  });
}
