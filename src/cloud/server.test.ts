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
import { temporaryFolder } from "../../test/support/temporary-folder.js";
import type { RunningCloud } from "./index.js";

const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';

/** Sends bytes as they are and returns everything that comes back until the cloud closes the connection. */
async function sendRaw({ port }: RunningCloud, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

/** Sends bytes and hangs up. */
async function sendAndLeave({ port }: RunningCloud, bytes: Uint8Array): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.end(bytes);
  socket.resume();
  await once(socket, "close");
}

test("health says who is there", async (t) => {
  const cloud = await startTestCloud(t, { version: "1.2.3" });

  const answer = await fetch(`${cloud.url}/_tepal/health`);

  const { services, ...rest } = (await answer.json()) as { services: string[] };
  assert.deepEqual(rest, { name: "tepal", version: "1.2.3", pid: process.pid });
  for (const service of ["iam", "sts", "logs", "ecr"]) assert.ok(services.includes(service), service);
});

test("reset empties the cloud", async (t) => {
  const dataDir = temporaryFolder(t);
  const cloud = await startTestCloud(t, { dataDir });
  const iam = new IAMClient(clientOf(cloud));
  await iam.send(new CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: trust }));

  const headers = { "x-tepal-control-token": readFileSync(join(dataDir, "control-token"), "utf8") };
  assert.equal((await fetch(`${cloud.url}/_tepal/reset`, { method: "POST", headers })).status, 200);

  await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "a" })), { name: "NoSuchEntityException" });
});

for (const [name, request, status, words] of [
  [
    "a name that is not this machine's",
    "GET /_tepal/health HTTP/1.1\r\nHost: evil.com\r\n",
    403,
    "evil.com is not an address of this machine",
  ],
  [
    "a reset by another site's page",
    "POST /_tepal/reset HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.com\r\nContent-Length: 0\r\n",
    403,
    "Pages of other sites",
  ],
  [
    "a form of another site's page",
    "POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nContent-Length: 0\r\n",
    403,
    "Pages of other sites",
  ],
  ["a reset by GET", "GET /_tepal/reset HTTP/1.1\r\nHost: localhost\r\n", 405, "does not take GET"],
  [
    "a stage called v2 on an API's own host, which is not the registry",
    "GET /v2/predict HTTP/1.1\r\nHost: abc123.execute-api.localhost\r\n",
    403,
    '{"message":"Forbidden"}',
  ],
  ["a path of nobody", "GET /nothing HTTP/1.1\r\nHost: localhost\r\n", 404, "Nothing is served at GET /nothing"],
  [
    "a cloud address that does not exist",
    "GET /_tepal/x HTTP/1.1\r\nHost: localhost\r\n",
    404,
    "There is no /_tepal/x",
  ],
  [
    "a body larger than any API takes",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70167212\r\n",
    413,
    "70167211 bytes",
  ],
  [
    "a service that is not here",
    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, Signature=0\r\n",
    501,
    "s3 is not part of this cloud",
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
  test(`${name} is refused with ${status}`, async (t) => {
    const cloud = await startTestCloud(t);

    const answer = await sendRaw(cloud, `${request}Connection: close\r\n\r\n`);

    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
    assert.ok(answer.includes(words), answer);
  });
}

test("nonsense never stops the cloud", async (t) => {
  const cloud = await startTestCloud(t);
  // A fixed sequence, so that a failure comes again.
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

test("a chunked body is read, an unread one does not hold the connection up, and HEAD has no body", async (t) => {
  const cloud = await startTestCloud(t);

  const answers = await sendRaw(
    cloud,
    "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" +
      "1c\r\nAction=GetCallerIdentity&Ver\r\nf\r\nsion=2011-06-15\r\n0\r\n\r\n" +
      "POST /v2/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc" +
      "HEAD /_tepal/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
  );

  assert.match(answers, /^HTTP\/1.1 200 OK[\s\S]*GetCallerIdentityResult[\s\S]*HTTP\/1.1 40\d [\s\S]*HTTP\/1.1 200 OK/);
  assert.match(answers, /content-length: \d+\r\n[^{]*\r\n\r\n$/);
});

test("a port that another cloud has is refused with that cloud's process", async (t) => {
  const { port } = await startTestCloud(t);

  await assert.rejects(startTestCloud(t, { port }), {
    code: "port-in-use",
    message: `Port ${port} is in use by another Tepal cloud, process ${process.pid}`,
  });
});

test("a port that another program has is refused with its process", {
  skip: process.platform !== "linux",
}, async (t) => {
  const code = 'const s = require("net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port))';
  const program = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => program.kill());
  const [line] = await once(program.stdout, "data");

  await assert.rejects(startTestCloud(t, { port: Number(line) }), {
    code: "port-in-use",
    message: `Port ${Number(line)} is in use by process ${program.pid} (node)`,
  });
});

test("a cloud that is closed can be started again on its folder and has everything", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startTestCloud(t, { dataDir });
  await new IAMClient(clientOf(first)).send(new CreateRoleCommand({ RoleName: "a", AssumeRolePolicyDocument: trust }));
  await first.close();

  const second = await startTestCloud(t, { dataDir });

  const { Role } = await new IAMClient(clientOf(second)).send(new GetRoleCommand({ RoleName: "a" }));
  assert.equal(Role?.Arn, "arn:aws:iam::000000000000:role/a");
});

test("two clouds on one folder are refused, and the port is free again", async (t) => {
  const dataDir = temporaryFolder(t);
  await startTestCloud(t, { dataDir });

  await assert.rejects(startTestCloud(t, { dataDir }), { code: "store-in-use" });
});
