import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { CreateRoleCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { clientOf, startTestCloud } from "../../test/support/cloud.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import type { RunningCloud } from "./index.js";

const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';

/** Sends raw bytes and returns everything that the cloud sends until it closes the connection. */
async function sendRaw({ port }: RunningCloud, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

/** Sends bytes and closes the connection. */
async function sendAndLeave({ port }: RunningCloud, bytes: Uint8Array): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(bytes);
  socket.resume();
  await once(socket, "close");
}

test("reports its version, process, account, region and data directory as its health", async (t) => {
  const dataDir = temporaryDirectory(t);
  const cloud = await startTestCloud(t, { version: "1.2.3", dataDir, account: "123456789012" });

  const response = await fetch(`${cloud.url}/_tepal/health`);

  const { services, ...rest } = (await response.json()) as { services: string[] };
  const identity = { account: "123456789012", region: "us-east-1", dataDir };
  assert.deepEqual(rest, { name: "tepal", version: "1.2.3", pid: process.pid, ...identity });
  for (const service of ["iam", "sts", "logs", "ecr"]) assert.ok(services.includes(service), service);
});

test("deletes everything on reset", async (t) => {
  const dataDir = temporaryDirectory(t);
  const cloud = await startTestCloud(t, { dataDir });
  const iam = new IAMClient(clientOf(cloud));
  await iam.send(new CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: trust }));

  const headers = { "x-tepal-control-token": readFileSync(join(dataDir, "control-token"), "utf8") };
  assert.equal((await fetch(`${cloud.url}/_tepal/reset`, { method: "POST", headers })).status, 200);

  await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "a" })), { name: "NoSuchEntityException" });
});

for (const [name, request, status, expected] of [
  [
    "a host that is not this machine",
    "GET /_tepal/health HTTP/1.1\r\nHost: evil.com\r\n",
    403,
    "evil.com is not an address of this machine",
  ],
  [
    "a reset from a page of another site",
    "POST /_tepal/reset HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.com\r\nContent-Length: 0\r\n",
    403,
    "Pages of other sites are not allowed",
  ],
  [
    "a form from a page of another site",
    "POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nContent-Length: 0\r\n",
    403,
    "Pages of other sites",
  ],
  ["a reset by GET", "GET /_tepal/reset HTTP/1.1\r\nHost: localhost\r\n", 405, "GET is not supported at /_tepal/reset"],
  [
    "a stage called v2 on the host of an API, which is not the registry",
    "GET /v2/predict HTTP/1.1\r\nHost: abc123.execute-api.localhost\r\n",
    403,
    '{"message":"Forbidden"}',
  ],
  [
    "a path that belongs to no service",
    "GET /nothing HTTP/1.1\r\nHost: localhost\r\n",
    404,
    "Nothing is served at GET /nothing",
  ],
  ["a cloud address that does not exist", "GET /_tepal/x HTTP/1.1\r\nHost: localhost\r\n", 404, "/_tepal/x not found"],
  [
    "a body larger than that of any API",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70167212\r\n",
    413,
    "70167211 bytes",
  ],
  [
    "a service that is not implemented",
    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, Signature=0\r\n",
    501,
    "<Error><Code>NotImplementedException</Code><Message>The API s3 is not implemented in this cloud</Message>",
  ],
  [
    "a signed request of the HTTP API's control plane, below the registry's path",
    "GET /v2/apis HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/apigateway/aws4_request, Signature=0\r\n",
    501,
    '{"__type":"NotImplementedException","message":"The API apigatewayv2 is not implemented in this cloud"}',
  ],
  [
    "a presigned request below the registry's path",
    "GET /v2/apis?X-Amz-Credential=a%2F20260101%2Fus-east-1%2Fapigateway%2Faws4_request&X-Amz-Signature=0 HTTP/1.1\r\nHost: localhost\r\n",
    501,
    '{"__type":"NotImplementedException"',
  ],
  [
    "a malformed signature below the registry's path",
    "GET /v2/apis HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a, Signature=0\r\n",
    501,
    '{"__type":"NotImplementedException"',
  ],
  [
    "a JSON service that is not implemented, without a target header",
    "GET /clusters HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/eks/aws4_request, Signature=0\r\n",
    501,
    '{"__type":"NotImplementedException","message":"The API eks is not implemented in this cloud"}',
  ],
  [
    "a query service that is not implemented",
    "POST /?Action=ListTopics&Version=2010-03-31 HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sns/aws4_request, Signature=0\r\nContent-Length: 0\r\n",
    501,
    "<ErrorResponse><Error><Type>Sender</Type><Code>NotImplementedException</Code>",
  ],
  [
    "a form beyond what the query services accept",
    `POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/iam/aws4_request, Signature=0\r\nContent-Length: ${2 ** 20 + 1}\r\n\r\n${"a=1&".repeat(2 ** 18)}a`,
    413,
    "<Code>RequestEntityTooLargeException</Code><Message>Request must be smaller than 1048576 bytes</Message>",
  ],
  ["a broken request line", "GARBAGE\r\n", 400, ""],
  ["two lengths", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n", 400, ""],
  [
    "a length and chunks",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
    400,
    "",
  ],
] as const) {
  test(`rejects ${name} with ${status}`, async (t) => {
    const cloud = await startTestCloud(t);

    const [head, body = ""] = request.split("\r\n\r\n");
    const reply = await sendRaw(cloud, `${head?.trimEnd()}\r\nConnection: close\r\n\r\n${body}`);

    assert.match(reply, new RegExp(`^HTTP/1.1 ${status} `));
    assert.ok(reply.includes(expected), reply);
  });
}

test("survives malformed requests", async (t) => {
  const cloud = await startTestCloud(t);
  // A fixed sequence, so that a failure can be reproduced.
  let seed = 1;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  const whole = Buffer.from(
    `POST /?Action=GetRole HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 34\r\n\r\nRoleName=a&Version=2010-05-08&x=%zz`,
  );
  const broken = Array.from({ length: 60 }, () => {
    const bytes = Buffer.from(whole);
    for (let i = 0; i < 4; i++) bytes[next(bytes.length)] = next(256);
    return bytes.subarray(0, next(bytes.length));
  });

  await Promise.all(broken.map((bytes) => sendAndLeave(cloud, bytes)));

  assert.equal((await fetch(`${cloud.url}/_tepal/health`)).status, 200);
});

test("reads a chunked body, skips an unread one, and sends no body to HEAD", async (t) => {
  const cloud = await startTestCloud(t);

  const replies = await sendRaw(
    cloud,
    "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" +
      "1c\r\nAction=GetCallerIdentity&Ver\r\nf\r\nsion=2011-06-15\r\n0\r\n\r\n" +
      "POST /v2/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc" +
      "HEAD /_tepal/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
  );

  assert.match(replies, /^HTTP\/1.1 200 OK[\s\S]*GetCallerIdentityResult[\s\S]*HTTP\/1.1 40\d [\s\S]*HTTP\/1.1 200 OK/);
  assert.match(replies, /content-length: \d+\r\n[^{]*\r\n\r\n$/);
});

test("reports the process of another cloud on its port", async (t) => {
  const { port } = await startTestCloud(t);

  await assert.rejects(startTestCloud(t, { port }), {
    code: "port-in-use",
    message: `Port ${port} is in use by another Tepal cloud, process ${process.pid}`,
  });
});

test("reports the process of another program on its port", {
  skip: process.platform !== "linux",
}, async (t) => {
  const code = 'const s = require("net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port))';
  const program = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => program.kill());
  const [line] = await once(program.stdout, "data");
  // Newer Node calls its main thread "MainThread".
  const name = readFileSync(`/proc/${program.pid}/comm`, "utf8").trim();

  await assert.rejects(startTestCloud(t, { port: Number(line) }), {
    code: "port-in-use",
    message: `Port ${Number(line)} is in use by process ${program.pid} (${name})`,
  });
});

test("has everything when it is started again on the same directory", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await startTestCloud(t, { dataDir });
  await new IAMClient(clientOf(first)).send(new CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: trust }));
  await first.close();

  const second = await startTestCloud(t, { dataDir });

  const { Role } = await new IAMClient(clientOf(second)).send(new GetRoleCommand({ RoleName: "a" }));
  assert.equal(Role?.Arn, "arn:aws:iam::000000000000:role/a");
});

test("rejects a second cloud on the same directory", async (t) => {
  const dataDir = temporaryDirectory(t);
  await startTestCloud(t, { dataDir });

  await assert.rejects(startTestCloud(t, { dataDir }), { code: "store-in-use" });
});
