// IAM, STS and CloudWatch Logs, tested with the aws CLI and boto3: their parsers, validators and waiters are
// independent of this project.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { awsCli, awsEnvironment } from "./support/aws-cli.js";
import { startTestCloud } from "./support/cloud.js";
import { missing } from "./support/programs.js";
import { runWell } from "./support/run.js";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com", AWS: "123456789012" }, Action: "sts:AssumeRole" },
  ],
});

test("the aws CLI creates a role and assumes it", { skip: missing("aws") }, async (t) => {
  const { aws, tryAws } = awsCli(await startTestCloud(t), { account: "123456789012" });

  await aws("iam create-role --role-name iris --assume-role-policy-document", trust);
  await aws(
    "iam attach-role-policy --role-name iris --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
  );
  const role = (await aws("iam get-role --role-name iris")) as { Role: { AssumeRolePolicyDocument: object } };
  const assumed = (await aws(
    "sts assume-role --role-arn arn:aws:iam::123456789012:role/iris --role-session-name me",
  )) as { AssumedRoleUser: { Arn: string } };
  const rejected = await tryAws("iam delete-role --role-name iris");

  // The CLI decodes the percent-encoded document.
  assert.deepEqual(role.Role.AssumeRolePolicyDocument, JSON.parse(trust));
  assert.equal(assumed.AssumedRoleUser.Arn, "arn:aws:sts::123456789012:assumed-role/iris/me");
  assert.match(rejected.stderr, /\(DeleteConflict\) when calling the DeleteRole operation: Cannot delete entity, must/);
});

const hasBoto3 = spawnSync("python3", ["-c", "import boto3"]).status === 0;

/** Prints what botocore's parsers read from every response. */
const journey = `
import boto3, json, time
from botocore.exceptions import ClientError

def rejected(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        response = error.response
        return [response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], bool(response["ResponseMetadata"]["RequestId"])]

iam, logs, sts = boto3.client("iam"), boto3.client("logs"), boto3.client("sts")
trust = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}})
for name in ["a", "b", "c"]:
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust, Tags=[{"Key": "k", "Value": "ü <&> 😀"}])
iam.get_waiter("role_exists").wait(RoleName="a")
group = {"logGroupName": "/tepal/test"}
logs.create_log_group(**group, tags={"k": "v"})
logs.create_log_stream(**group, logStreamName="s")
now = int(time.time() * 1000)
logs.put_log_events(**group, logStreamName="s", logEvents=[{"timestamp": now + i, "message": "line %d" % i} for i in range(5)])
credentials = sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/a", RoleSessionName="me", DurationSeconds=900)["Credentials"]
session = boto3.client("sts", aws_access_key_id=credentials["AccessKeyId"], aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials["SessionToken"])
pages = iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 2})
events = logs.get_paginator("filter_log_events").paginate(**group, PaginationConfig={"PageSize": 2})
print(json.dumps({
    "roles": [[role["RoleName"] for role in page["Roles"]] for page in pages],
    "tags": iam.list_role_tags(RoleName="a")["Tags"],
    "trust": iam.get_role(RoleName="a")["Role"]["AssumeRolePolicyDocument"]["Statement"]["Action"],
    "events": [event["message"] for page in events for event in page["events"]],
    "last": [event["message"] for event in logs.get_log_events(**group, logStreamName="s", limit=2)["events"]],
    "logTags": logs.list_tags_log_group(**group)["tags"],
    "caller": session.get_caller_identity()["Arn"],
    "minutes": round((credentials["Expiration"].timestamp() - time.time()) / 60),
    "rejected": [
        rejected(iam.get_role, RoleName="x"),
        rejected(iam.create_user, UserName="x"),
        rejected(logs.create_log_group, **group),
        rejected(logs.start_query, **group, startTime=0, endTime=1, queryString="x"),
        rejected(boto3.client("s3").list_buckets),
    ],
}))
`;

test("boto3 reads roles, sessions, log events, pages and errors", {
  skip: !hasBoto3 && "boto3 not installed",
}, async (t) => {
  const env = awsEnvironment(await startTestCloud(t));

  const responses = JSON.parse(await runWell("python3", ["-c", journey], { env }));

  assert.deepEqual(responses, {
    roles: [["a", "b"], ["c"]],
    tags: [{ Key: "k", Value: "ü <&> 😀" }],
    trust: "sts:AssumeRole",
    events: ["line 0", "line 1", "line 2", "line 3", "line 4"],
    last: ["line 3", "line 4"],
    logTags: { k: "v" },
    caller: "arn:aws:sts::000000000000:assumed-role/a/me",
    minutes: 15,
    rejected: [
      ["NoSuchEntity", 404, true],
      ["NotImplementedException", 501, true],
      ["ResourceAlreadyExistsException", 400, true],
      ["NotImplementedException", 501, true],
      ["NotImplementedException", 501, true],
    ],
  });
});
