import assert from "node:assert/strict";
import { test } from "node:test";
import { type Log, silentLog } from "../../base/index.js";
import type { HttpRequest } from "../http.js";
import { AwsError } from "./aws-error.js";
import { catalog, loadServiceModel } from "./catalog.js";
import { bindService, dispatch } from "./dispatch.js";
import type { ApiName, Call, Input, Operations } from "./operation.js";
import { requireMembers } from "./require-members.js";

const lambda = await loadServiceModel("lambda");

const call: Call = {
  account: "000000000000",
  region: "us-east-1",
  requestId: "r-1",
  accessKeyId: "test",
  host: "localhost:4566",
};

function request(
  line: string,
  { body = "", headers = {} }: { body?: string | Uint8Array; headers?: Record<string, string> } = {},
): HttpRequest {
  const [method = "", target = ""] = line.split(" ");
  const [path = "", query = ""] = target.split("?");
  return { method, path, query, headers, rawHeaders: [], body: Buffer.from(body), sourceIp: "127.0.0.1" };
}

async function send<S extends ApiName>(
  name: S,
  operations: Operations<S, null>,
  received: HttpRequest,
  log: Log = silentLog,
) {
  const reply = await dispatch(bindService({ name, operations, state: null }), received, call, log);
  return { ...reply, body: Buffer.from(reply.body).toString() };
}

test("restJson1: reads members from path, query, headers and payload, and writes them to headers, payload and status", async () => {
  const payload = Uint8Array.of(123, 125);
  const invocation = request("POST /2015-03-31/functions/iris/invocations?Qualifier=prod", {
    body: payload,
    headers: { "x-amz-invocation-type": "Event" },
  });

  const reply = await send(
    "lambda",
    {
      Invoke: (input: Input<"lambda", "Invoke">) => {
        assert.deepEqual(
          { ...input, Payload: new TextDecoder().decode(input.Payload) },
          {
            FunctionName: "iris",
            Qualifier: "prod",
            InvocationType: "Event",
            Payload: "{}",
          },
        );
        return { StatusCode: 202, ExecutedVersion: "1", Payload: Buffer.from("[2]") };
      },
    },
    invocation,
  );

  assert.deepEqual(reply, {
    status: 202,
    headers: { "content-type": "application/json", "x-amzn-requestid": "r-1", "x-amz-executed-version": "1" },
    body: "[2]",
  });
});

test("encodes both spellings of the message, a Type and the members in errors of Lambda", async () => {
  const operations: Operations<"lambda", null> = {
    Invoke: () => {
      throw new AwsError("TooManyRequestsException", 400, "Rate Exceeded.", {
        Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
        retryAfterSeconds: "1",
      });
    },
  };

  const { status, headers, body } = await send(
    "lambda",
    operations,
    request("POST /2015-03-31/functions/a/invocations"),
  );

  // The status of the schema wins over that of the error.
  assert.equal(status, 429);
  assert.equal(headers["x-amzn-errortype"], "TooManyRequestsException");
  assert.equal(headers["retry-after"], "1");
  assert.deepEqual(JSON.parse(body), {
    Type: "User",
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    message: "Rate Exceeded.",
    Message: "Rate Exceeded.",
  });
});

for (const [api, line, headers, fail, status, body] of [
  [
    "lambda",
    "POST /2015-03-31/functions/a/invocations",
    {},
    () => new AwsError<"lambda">("RequestEntityTooLargeException", 413, "Too large.", { Type: "User", Limits: [1] }),
    413,
    '{"Type":"User","Limits":[1],"message":"Too large."}',
  ],
  [
    "lambda",
    "POST /2015-03-31/functions/a/invocations",
    {},
    () =>
      new AwsError<"lambda">("ResourceNotFoundException", 404, "None.", { Hint: new Date(1500), Proof: Buffer.of(1) }),
    404,
    '{"Type":"User","Hint":1.5,"Proof":"AQ==","message":"None.","Message":"None."}',
  ],
  [
    "logs",
    "POST /",
    { "x-amz-target": "Logs_20140328.DescribeLogGroups" },
    () => new AwsError<"logs">("RequestEntityTooLargeException", 413, "Too large.", { Limit: 1 }),
    413,
    '{"__type":"RequestEntityTooLargeException","Limit":1,"message":"Too large."}',
  ],
  [
    "sts",
    "POST /?Action=GetCallerIdentity&Version=2011-06-15",
    {},
    () =>
      new AwsError<"sts">("RequestEntityTooLargeException", 413, "Too large.", { Limit: { Bytes: 1 }, Units: ["<"] }),
    413,
    "<Error><Type>Sender</Type><Code>RequestEntityTooLargeException</Code><Message>Too large.</Message>" +
      "<Limit><Bytes>1</Bytes></Limit><Units><member>&lt;</member></Units></Error>",
  ],
] as const) {
  test(`encodes the members and the status of an error that ${api} has no schema for (${body.slice(0, 30)})`, async () => {
    const operation = () => Promise.reject(fail());
    const operations = {
      lambda: { Invoke: operation },
      logs: { DescribeLogGroups: operation },
      sts: { GetCallerIdentity: operation },
    };

    const reply = await send(api, operations[api], request(line, { headers }));

    assert.equal(reply.status, status);
    assert.ok(reply.body.includes(body), reply.body);
    if (api !== "sts") assert.equal(reply.headers["x-amzn-errortype"], fail().code);
  });
}

/** Bytes that count how often they are enumerated, as a spread or `Object.entries` does. */
function countedBytes(length: number) {
  const counted = { enumerations: 0, bytes: new Uint8Array(length) };
  counted.bytes = new Proxy(counted.bytes, {
    ownKeys: (target) => {
      counted.enumerations++;
      return Reflect.ownKeys(target);
    },
  });
  return counted;
}

test("never enumerates the bytes of a payload", () => {
  const payload = countedBytes(10);
  const layer = countedBytes(10);

  requireMembers(catalog.lambda, lambda.operations.get("Invoke")!.input, { FunctionName: "a", Payload: payload.bytes });
  requireMembers(catalog.lambda, lambda.operations.get("PublishLayerVersion")!.input, {
    LayerName: "a",
    Content: { ZipFile: layer.bytes },
  });

  assert.deepEqual([payload.enumerations, layer.enumerations], [0, 0]);
});

test("awsQuery: encodes the code and the status of the schema", async () => {
  const operations: Operations<"iam", null> = {
    GetRole: () => {
      throw new AwsError("NoSuchEntityException", 400, "No <role>.");
    },
  };

  const { status, body } = await send("iam", operations, request("POST /", { body: "Action=GetRole&RoleName=a" }));

  assert.equal(status, 404);
  assert.equal(
    body,
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>' +
      "<Message>No &lt;role&gt;.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>\n",
  );
});

for (const [service, line, body, headers, status, text] of [
  [
    "lambda",
    "POST /2015-03-31/functions",
    "{}",
    {},
    400,
    "3 validation errors detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null; Value null at 'role'",
  ],
  [
    "iam",
    "POST /",
    "Action=TagRole&RoleName=a&Tags.member.1.Key=k",
    {},
    400,
    "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
  ],
  [
    "ecr",
    "POST /",
    "{}",
    { "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.CreateRepository" },
    400,
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must not be null'",
  ],
  [
    "ecr",
    "POST /",
    "{",
    { "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.CreateRepository" },
    400,
    "SerializationException",
  ],
  [
    "ecr",
    "POST /",
    "{}",
    { "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.Nonsense" },
    400,
    "UnknownOperationException",
  ],
  [
    "ecr",
    "POST /",
    "{}",
    { "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.PutReplicationConfiguration" },
    501,
    "NotImplementedException",
  ],
  ["lambda", "GET /2015-03-31/nonsense", "", {}, 404, "lambda has no operation for GET /2015-03-31/nonsense"],
  ["lambda", "GET /2015-03-31/functions", "", {}, 501, "ListFunctions of lambda is not implemented in this cloud"],
  ["iam", "POST /", "Action=Nonsense", {}, 400, "InvalidAction"],
  ["iam", "POST /", "Action=constructor", {}, 400, "InvalidAction"],
  ["sts", "POST /", "", {}, 400, "InvalidAction"],
] as const) {
  test(`${service} replies to ${line} ${body} ${Object.values(headers).join()} with ${status}`, async () => {
    const operations = {
      lambda: { CreateFunction: unreachable },
      iam: { TagRole: unreachable },
      ecr: { CreateRepository: unreachable },
      sts: {},
    };

    const reply = await send(service, operations[service], request(line, { body, headers }));

    assert.equal(reply.status, status);
    assert.ok(reply.body.includes(text), reply.body);
    assert.equal(reply.headers["x-amzn-requestid"], "r-1");
  });
}

function unreachable(): never {
  throw new Error("The operation must not be reached");
}

for (const [name, operation] of [
  ["an operation that fails", () => Promise.reject(new Error("secret detail"))],
  ["an output that the schema does not allow", () => ({ Account: 1 as unknown as string })],
] as const) {
  test(`replies to ${name} with a 500 without details, and logs the details`, async () => {
    const lines: string[] = [];
    const log: Log = { info: () => {}, warn: (line) => lines.push(line) };

    const reply = await send(
      "sts",
      { GetCallerIdentity: operation },
      request("POST /", { body: "Action=GetCallerIdentity" }),
      log,
    );

    assert.equal(reply.status, 500);
    assert.match(reply.body, /<Type>Receiver<\/Type><Code>InternalFailure<\/Code>/);
    assert.doesNotMatch(reply.body, /secret/);
    assert.match(
      lines.join(),
      /sts request r-1 failed: (Error: secret detail|TypeError: GetCallerIdentity.Account must be a string)[\s\S]* at /,
    );
  });
}
