// Lambda's operations, without running anything: the sandbox here starts no process.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { call, imageUri, role, startLambda, type TestImage } from "../../../test/support/lambda.js";
import type { Input, OperationName } from "../protocol/operation.js";
import type { Sandbox } from "./sandbox/sandbox.js";

const image: TestImage = {
  layers: [[{ path: "bin/handler", content: Buffer.from("#!"), executable: true }]],
  config: { Entrypoint: ["/bin/handler"] },
};
const idle: Sandbox = {
  name: "nothing",
  rejects: () => "nothing runs here",
  start() {
    throw new Error("Nothing runs here");
  },
};
const arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
const start = (t: TestContext) => startLambda(t, { sandbox: idle, images: { [imageUri]: image } });

test("a function is Pending when it is created, then Active, with AWS's defaults", async (t) => {
  const { send, ready } = start(t);

  const created = await send("CreateFunction", {
    FunctionName: "f",
    Role: role,
    Code: { ImageUri: imageUri },
    PackageType: "Image",
  });
  await ready("f");
  const { Configuration, Code } = await send("GetFunction", { FunctionName: "f" });

  assert.deepEqual(
    [created.State, created.StateReasonCode, created.LastUpdateStatus],
    ["Pending", "Creating", undefined],
  );
  const { LastModified, RevisionId, CodeSha256, ...rest } = Configuration!;
  assert.match(LastModified!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  assert.match(RevisionId!, /^[0-9a-f-]{36}$/);
  assert.match(CodeSha256!, /^[0-9a-f]{64}$/);
  assert.deepEqual(JSON.parse(JSON.stringify(rest)), {
    FunctionName: "f",
    FunctionArn: arn,
    Role: role,
    Description: "",
    Timeout: 3,
    MemorySize: 128,
    TracingConfig: { Mode: "PassThrough" },
    CodeSize: 0,
    Version: "$LATEST",
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Image",
    Architectures: ["x86_64"],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
  });
  assert.deepEqual(Code, {
    RepositoryType: "ECR",
    ImageUri: imageUri,
    ResolvedImageUri: `localhost:4566/tiny@sha256:${CodeSha256}`,
  });
});

const create = (
  more: Partial<Input<"lambda", "CreateFunction">>,
): ["CreateFunction", Input<"lambda", "CreateFunction">] => [
  "CreateFunction",
  { FunctionName: "g", Role: role, Code: { ImageUri: imageUri }, PackageType: "Image", ...more },
];

/**
 * Invalid input of an operation, and AWS's error. The function f exists, with version 1 and the alias live.
 */
const rejections: readonly (readonly [
  name: string,
  operation: OperationName<"lambda">,
  input: object,
  code: string,
  message: string | RegExp,
])[] = [
  [
    "a function that exists",
    ...create({ FunctionName: "f" }),
    "ResourceConflictException",
    "Function already exist: f",
  ],
  [
    "too little memory",
    ...create({ MemorySize: 64 }),
    "ValidationException",
    "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
  ],
  [
    "too long a time-out",
    ...create({ Timeout: 901 }),
    "ValidationException",
    "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
  ],
  [
    "a role that is not an ARN",
    ...create({ Role: "admin" }),
    "ValidationException",
    /^1 validation error detected: Value 'admin' at 'role'/,
  ],
  [
    "a role that Lambda cannot assume",
    ...create({ Role: `${role}x` }),
    "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.",
  ],
  [
    "an image that does not exist",
    ...create({ Code: { ImageUri: "localhost:4566/absent:1" } }),
    "InvalidParameterValueException",
    /does not exist/,
  ],
  [
    "a handler for an image",
    ...create({ Handler: "a.b" }),
    "InvalidParameterValueException",
    "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
  ],
  [
    "a zip function without a runtime",
    ...create({ PackageType: "Zip", Code: { ZipFile: Buffer.from("PK") } }),
    "InvalidParameterValueException",
    "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
  ],
  [
    "too much environment",
    ...create({ Environment: { Variables: { LONG: "x".repeat(4096) } } }),
    "InvalidParameterValueException",
    /exceeded the 4KB limit\. String measured: \{"LONG"/,
  ],
  [
    "a reserved variable",
    ...create({ Environment: { Variables: { AWS_REGION: "x" } } }),
    "InvalidParameterValueException",
    /Reserved keys used in this request: AWS_REGION$/,
  ],
  [
    "an invalid function name",
    "GetFunction",
    { FunctionName: "a b" },
    "ValidationException",
    /at 'functionName' failed to satisfy constraint/,
  ],
  [
    "a function that does not exist",
    "GetFunction",
    { FunctionName: "absent" },
    "ResourceNotFoundException",
    "Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent",
  ],
  [
    "an absent version",
    "GetFunction",
    { FunctionName: "f", Qualifier: "9" },
    "ResourceNotFoundException",
    `Function not found: ${arn}:9`,
  ],
  [
    "two different qualifiers",
    "GetFunction",
    { FunctionName: "f:1", Qualifier: "2" },
    "InvalidParameterValueException",
    "The derived qualifier from the function name does not match the specified qualifier.",
  ],
  [
    "another region's function",
    "GetFunction",
    { FunctionName: arn.replace("us-east-1", "eu-west-1") },
    "ResourceNotFoundException",
    "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
  ],
  [
    "an outdated revision",
    "UpdateFunctionConfiguration",
    { FunctionName: "f", RevisionId: "old" },
    "PreconditionFailedException",
    /^The Revision Id provided does not match the latest Revision Id/,
  ],
  [
    "another code than was published for",
    "PublishVersion",
    { FunctionName: "f", CodeSha256: "x" },
    "InvalidParameterValueException",
    /^CodeSHA256 \(x\) is different from current CodeSHA256 in \$LATEST/,
  ],
  [
    "a zip for an image function",
    "UpdateFunctionCode",
    { FunctionName: "f", ZipFile: Buffer.from("PK") },
    "InvalidParameterValueException",
    "Please provide ImageUri when updating a function with packageType Image.",
  ],
  [
    "an alias that exists",
    "CreateAlias",
    { FunctionName: "f", Name: "live", FunctionVersion: "1" },
    "ResourceConflictException",
    `Alias already exists: ${arn}:live`,
  ],
  [
    "an alias named like a version",
    "CreateAlias",
    { FunctionName: "f", Name: "7", FunctionVersion: "1" },
    "ValidationException",
    /at 'name'/,
  ],
  [
    "an alias of an absent version",
    "CreateAlias",
    { FunctionName: "f", Name: "next", FunctionVersion: "9" },
    "ResourceNotFoundException",
    `Function not found: ${arn}:9`,
  ],
  [
    "an alias of itself by weight",
    "UpdateAlias",
    { FunctionName: "f", Name: "live", RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } },
    "InvalidParameterValueException",
    /is already included in routing configuration/,
  ],
  [
    "an absent alias",
    "GetAlias",
    { FunctionName: "f", Name: "absent" },
    "ResourceNotFoundException",
    `Cannot find alias arn: ${arn}:absent`,
  ],
  [
    "a version that an alias needs",
    "DeleteFunction",
    { FunctionName: "f", Qualifier: "1" },
    "ResourceConflictException",
    /is in use by alias live$/,
  ],
  [
    "$LATEST alone",
    "DeleteFunction",
    { FunctionName: "f", Qualifier: "$LATEST" },
    "InvalidParameterValueException",
    "$LATEST version cannot be deleted without deleting the function.",
  ],
  [
    "a policy that does not exist",
    "GetPolicy",
    { FunctionName: "f" },
    "ResourceNotFoundException",
    "The resource you requested does not exist.",
  ],
  [
    "an invalid principal",
    "AddPermission",
    { FunctionName: "f", StatementId: "s", Action: "lambda:InvokeFunction", Principal: "me" },
    "InvalidParameterValueException",
    /^The provided principal was invalid/,
  ],
  [
    "all of the account's concurrency",
    "PutFunctionConcurrency",
    { FunctionName: "f", ReservedConcurrentExecutions: 901 },
    "InvalidParameterValueException",
    /below its minimum value of \[100\]\.$/,
  ],
  [
    "a payload that is not JSON",
    "Invoke",
    { FunctionName: "f", Payload: Buffer.from("x") },
    "InvalidRequestContentException",
    /^Could not parse request body into json: .*Unexpected character \('x' \(code 120\)\)/,
  ],
  ["an invalid marker", "ListFunctions", { Marker: "x" }, "InvalidParameterValueException", "Invalid marker"],
  [
    "a page of more than 10,000 items",
    "ListFunctions",
    { MaxItems: 10_001 },
    "ValidationException",
    /Value '10001' at 'maxItems' failed to satisfy constraint/,
  ],
  [
    "an event of more than 1 MB",
    "Invoke",
    { FunctionName: "f", InvocationType: "Event", Payload: Buffer.alloc(1048577, 32) },
    "RequestEntityTooLargeException",
    "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)",
  ],
  [
    "an event configuration that does not exist",
    "GetFunctionEventInvokeConfig",
    { FunctionName: "f" },
    "ResourceNotFoundException",
    `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
  ],
];

test("rejects invalid input with AWS's messages", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f", Publish: true }));
  await ready("f");
  await send("CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });

  for (const [name, operation, input, code, message] of rejections) {
    // Some rows have input that the operation's type does not allow.
    await assert.rejects(send(operation, input as Input<"lambda", typeof operation>), { code, message }, name);
  }
});

test("publishes a version once, and never changes it", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f" }));
  await ready("f");

  const first = await send("PublishVersion", { FunctionName: "f", Description: "first" });
  const again = await send("PublishVersion", { FunctionName: "f" });
  await send("UpdateFunctionConfiguration", { FunctionName: "f", MemorySize: 256 });
  await ready("f");
  const second = await send("PublishVersion", { FunctionName: "f" });

  assert.deepEqual([first.Version, again.Version, second.Version], ["1", "1", "2"]);
  assert.equal(first.FunctionArn, `${arn}:1`);
  const { Versions } = await send("ListVersionsByFunction", { FunctionName: "f" });
  assert.deepEqual(
    Versions?.map(({ Version, MemorySize, Description }) => [Version, MemorySize, Description]),
    [
      ["$LATEST", 256, ""],
      ["1", 128, "first"],
      ["2", 256, ""],
    ],
  );
});

test("publishes a new version for a changed description of $LATEST, but not for the version's own", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f", Description: "one" }));
  await ready("f");
  const publish = async (Description?: string) =>
    (await send("PublishVersion", { FunctionName: "f", Description })).Version;

  const first = [await publish("its own"), await publish(), await publish("one more")];
  await send("UpdateFunctionConfiguration", { FunctionName: "f", Description: "two" });
  await ready("f");

  assert.deepEqual([...first, await publish()], ["1", "1", "1", "2"]);
});

test("accepts names, ARNs and partial ARNs", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f" }));
  await ready("f");

  for (const name of ["f", "function:f", "000000000000:function:f", arn, `${arn}:$LATEST`]) {
    assert.equal((await send("GetFunctionConfiguration", { FunctionName: name })).FunctionName, "f", name);
  }
});

test("separates accounts and regions", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f" }));
  await ready("f");

  for (const other of [
    { ...call, account: "111111111111" },
    { ...call, region: "eu-west-1" },
  ]) {
    assert.deepEqual((await send("ListFunctions", {}, other)).Functions, []);
    await assert.rejects(send("GetFunction", { FunctionName: "f" }, other), { code: "ResourceNotFoundException" });
  }
});

test("keeps a policy for each qualifier", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f", Publish: true }));
  await ready("f");
  await send("CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });
  const statement = {
    StatementId: "api",
    Action: "lambda:InvokeFunction",
    Principal: "apigateway.amazonaws.com",
    SourceArn: "arn:aws:execute-api:us-east-1:000000000000:abc/*/POST/predict",
  };

  await send("AddPermission", { FunctionName: "f", Qualifier: "live", ...statement });

  const { Policy } = await send("GetPolicy", { FunctionName: "f", Qualifier: "live" });
  assert.deepEqual(JSON.parse(Policy!), {
    Version: "2012-10-17",
    Id: "default",
    Statement: [
      {
        Sid: "api",
        Effect: "Allow",
        Principal: { Service: "apigateway.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: `${arn}:live`,
        Condition: { ArnLike: { "AWS:SourceArn": statement.SourceArn } },
      },
    ],
  });
  await assert.rejects(send("GetPolicy", { FunctionName: "f" }), { code: "ResourceNotFoundException" });
  await assert.rejects(send("AddPermission", { FunctionName: "f", Qualifier: "live", ...statement }), {
    code: "ResourceConflictException",
  });
  await send("RemovePermission", { FunctionName: "f", Qualifier: "live", StatementId: "api" });
  await assert.rejects(send("GetPolicy", { FunctionName: "f", Qualifier: "live" }), {
    code: "ResourceNotFoundException",
  });
});

test("lets an AWS service invoke what a policy allows for its source", async (t) => {
  const { lambda, send, ready } = start(t);
  await send(...create({ FunctionName: "f" }));
  await ready("f");
  const source = "arn:aws:execute-api:us-east-1:000000000000:abc";
  await send("AddPermission", {
    ...{
      FunctionName: "f",
      StatementId: "api",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    },
    ...{ SourceArn: `${source}/*/POST/*`, SourceAccount: "000000000000" },
  });
  const invoke = (sourceArn: string, service = "apigateway.amazonaws.com", sourceAccount = "000000000000") =>
    lambda.invoker.invoke({
      functionArn: arn,
      payload: Buffer.from("{}"),
      principal: { service, sourceArn, sourceAccount },
    });

  assert.equal(
    (await invoke(`${source}/prod/POST/predict`)).functionError,
    "Unhandled",
    "it gets as far as the sandbox",
  );
  for (const denied of [
    () => invoke(`${source}/prod/GET/predict`),
    () => invoke(`${source}d/prod/POST/predict`),
    () => invoke(`${source}/prod/POST/predict`, "events.amazonaws.com"),
    () => invoke(`${source}/prod/POST/predict`, "apigateway.amazonaws.com", "111111111111"),
  ]) {
    await assert.rejects(denied, { code: "AccessDeniedException", status: 403 });
  }
});

test("adds, lists and removes tags", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f", Tags: { a: "1" } }));
  await ready("f");

  await send("TagResource", { Resource: arn, Tags: { b: "2" } });
  await send("UntagResource", { Resource: arn, TagKeys: ["a"] });

  assert.deepEqual((await send("ListTags", { Resource: arn })).Tags, { b: "2" });
  assert.deepEqual((await send("GetFunction", { FunctionName: "f" })).Tags, { b: "2" });
});

test("stores a zip function, and reports that it cannot run", async (t) => {
  const { send, invoke, ready } = start(t);
  const Code = { ZipFile: Buffer.from("PK\x03\x04 and so on") };
  await send("CreateFunction", { FunctionName: "z", Role: role, Runtime: "python3.12", Handler: "app.handler", Code });
  await ready("z");

  const { PackageType, CodeSize, Runtime } = await send("GetFunctionConfiguration", { FunctionName: "z" });
  const { error, payload } = await invoke("z");

  assert.deepEqual([PackageType, CodeSize, Runtime], ["Zip", 14, "python3.12"]);
  assert.equal(error, "Unhandled");
  assert.match(JSON.stringify(payload), /stores zip functions but runs container images only/);
});

test("deletes everything that belongs to a function", async (t) => {
  const { send, ready, lambda } = start(t);
  await send(...create({ FunctionName: "f", Publish: true }));
  await ready("f");
  await send("CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });

  await send("DeleteFunction", { FunctionName: "f" });

  const { functions, versions, aliases, policies } = lambda.service.state;
  for (const collection of [functions, versions, aliases, policies]) assert.deepEqual(collection.list([]), []);
  assert.deepEqual((await send("ListFunctions", {})).Functions, []);
});

test("pages lists", async (t) => {
  const { send } = start(t);
  for (const name of ["a", "b", "c"]) await send(...create({ FunctionName: name }));

  const first = await send("ListFunctions", { MaxItems: 2 });
  const second = await send("ListFunctions", { MaxItems: 2, Marker: first.NextMarker });

  const names = [first, second].map(({ Functions }) => Functions?.map(({ FunctionName }) => FunctionName));
  assert.deepEqual(names, [["a", "b"], ["c"]]);
  assert.equal(second.NextMarker, undefined);
});

test("lists versions in the order of their numbers, also across pages", async (t) => {
  const { send, ready } = start(t);
  await send(...create({ FunctionName: "f" }));
  await ready("f");
  for (let version = 1; version <= 10; version++) {
    await send("PublishVersion", { FunctionName: "f", Description: String(version) });
    await send("UpdateFunctionConfiguration", { FunctionName: "f", Description: `after ${version}` });
    await ready("f");
  }

  const first = await send("ListVersionsByFunction", { FunctionName: "f", MaxItems: 3 });
  const second = await send("ListVersionsByFunction", { FunctionName: "f", Marker: first.NextMarker });

  const versions = [first, second].map(({ Versions }) => Versions?.map(({ Version }) => Version));
  assert.deepEqual(versions, [
    ["$LATEST", "1", "2"],
    ["3", "4", "5", "6", "7", "8", "9", "10"],
  ]);
});
