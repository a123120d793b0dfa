// Who may use an environment's Runtime API, and what happens when another program of this machine does.

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../../base/index.js";
import type { Exit, Sandbox } from "../sandbox/sandbox.js";
import { Environment, type Invocation } from "./environment.js";
import { LogStream } from "./log-stream.js";

const version = "/2018-06-01/runtime";

/** An environment whose runtime is the test: it speaks to the Runtime API over connections that it opens. */
async function startEnvironment(t: TestContext) {
  let started: (runtimeApi: string) => void;
  const runtimeApi = new Promise<string>((resolve) => {
    started = resolve;
  });
  const sandbox: Sandbox = {
    name: "test",
    rejects: () => undefined,
    start({ environment }) {
      started(environment.AWS_LAMBDA_RUNTIME_API!);
      let kill = () => {};
      const exited = new Promise<Exit>((resolve) => {
        kill = () => resolve({ how: "signal", status: 0, signal: "killed", outOfMemory: false });
      });
      return { stdout: Readable.from([]), stderr: Readable.from([]), exited, memoryUsedBytes: () => 0, kill };
    },
  };
  const accountRegion = { account: "000000000000", region: "us-east-1", group: "g", stream: "s" };
  const environment = new Environment(
    {
      functionName: "f",
      version: "1",
      memoryMb: 128,
      temporaryMb: 512,
      timeoutSeconds: 5,
      code: { rootDir: "/", command: ["/bin/f"], handler: "f", workingDirectory: "/", environment: {} },
      variables: (address) => ({ AWS_LAMBDA_RUNTIME_API: address }),
    },
    {
      id: "1",
      sandbox,
      clock: systemClock,
      log: new LogStream(accountRegion, { append() {} }, systemClock.nowMs),
      initTimeoutMs: 10_000,
      onIdle() {},
      onEnd() {},
    },
  );
  const ended = environment.run();
  t.after(() => {
    environment.retire();
    return ended;
  });
  const address = await runtimeApi;

  async function invoke(requestId: string) {
    const invocation: Invocation = { requestId, payload: Buffer.from("{}"), functionArn: "arn", traceId: "t" };
    const { payload, functionError } = await environment.invoke(invocation);
    return functionError ?? Buffer.from(payload).toString();
  }

  /** A connection: `send` writes a request and resolves with the response, whole. */
  function open() {
    const [host, port] = address.split(":");
    const socket: Socket = connect(Number(port), host);
    t.after(() => socket.destroy());
    socket.on("error", () => {});
    return {
      close: () => socket.destroy(),
      send(method: string, path: string, body = "", headers = `Host: ${address}\r\n`) {
        socket.write(`${method} ${path} HTTP/1.1\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`);
        return new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())));
      },
    };
  }
  const next = (connection: ReturnType<typeof open>) => connection.send("GET", `${version}/invocation/next`);
  const respond = (connection: ReturnType<typeof open>, id: string, body: string) =>
    connection.send("POST", `${version}/invocation/${id}/response`, body);
  return { address, environment, invoke, open, next, respond };
}

/** Long enough for a request to arrive. */
const arrived = () => sleep(50);
const idOf = (event: string) => /Lambda-Runtime-Aws-Request-Id: (\S+)/.exec(event)?.[1];
const statusOf = (response: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(response)?.[1]);

for (const [name, headers] of [
  ["a name that resolves to this machine", "Host: evil.example:80\r\n"],
  ["localhost", "Host: localhost\r\n"],
  ["another port", "Host: 127.0.0.1:1\r\n"],
] as const) {
  test(`rejects a request whose Host is ${name}`, async (t) => {
    const { open } = await startEnvironment(t);

    const response = await open().send("GET", `${version}/invocation/next`, "", headers);

    assert.equal(statusOf(response), 403);
    assert.match(response, /"errorType":"ForbiddenHost"/);
  });
}

for (const header of [
  "Origin: null",
  "Origin: http://localhost:3000",
  "Sec-Fetch-Site: cross-site",
  "Referer: http://x/",
]) {
  test(`rejects a web page's request, with ${header}`, async (t) => {
    const { address, invoke, open, next, respond } = await startEnvironment(t);
    const runtime = open();
    const event = next(runtime);
    await arrived();
    const invoked = invoke("1");
    await event;
    const page = (method: string, path: string) => open().send(method, path, "", `Host: ${address}\r\n${header}\r\n`);

    for (const response of [
      await page("GET", `${version}/invocation/next`),
      await page("POST", `${version}/invocation/1/response`),
      await page("POST", `${version}/invocation/1/error`),
      await page("POST", `${version}/init/error`),
      await page("OPTIONS", `${version}/invocation/1/response`),
    ]) {
      assert.equal(statusOf(response), 403);
      assert.match(response, /"errorType":"ForbiddenOrigin"/);
    }
    await respond(runtime, "1", '"mine"');
    assert.equal(await invoked, '"mine"');
  });
}

test("the runtime keeps its place when another program polls, before and during invocations", async (t) => {
  const { invoke, open, next, respond } = await startEnvironment(t);
  const runtime = open();
  const foreign: string[] = [];
  const poll = () => void next(open()).then((event) => foreign.push(event));
  let event = next(runtime);
  await arrived();
  poll();
  await arrived();

  for (const id of ["1", "2", "3"]) {
    const invoked = invoke(id);
    assert.equal(idOf(await event), id);
    poll();
    await arrived();
    await respond(runtime, id, id);
    event = next(runtime);
    assert.equal(await invoked, id);
  }

  assert.deepEqual(foreign, []);
});

test("a runtime that opens a connection for each request keeps its place too", async (t) => {
  const { invoke, open, next, respond } = await startEnvironment(t);
  const foreign: string[] = [];
  let connection = open();
  let event = next(connection);
  await arrived();
  void next(open()).then((taken) => foreign.push(taken));
  await arrived();

  for (const id of ["1", "2", "3"]) {
    const invoked = invoke(id);
    assert.equal(idOf(await event), id);
    connection.close();
    await respond(open(), id, id);
    assert.equal(await invoked, id);
    connection = open();
    event = next(connection);
    await arrived();
  }

  assert.deepEqual(foreign, []);
});

test("the runtime gets back an invocation that another program took", async (t) => {
  const { invoke, open, next, respond } = await startEnvironment(t);
  const runtime = open();
  const first = next(runtime);
  await arrived();
  const invoked = invoke("1");
  await first;
  await respond(runtime, "1", "1");
  assert.equal(await invoked, "1");
  // Between the response and the runtime's next poll.
  const taken = next(open());
  await arrived();

  const again = invoke("2");
  assert.equal(idOf(await taken), "2");
  assert.equal(idOf(await next(runtime)), "2");
  await respond(runtime, "2", "2");

  assert.equal(await again, "2");
});

test("a poll whose connection is closed is replaced by the next one", async (t) => {
  const { invoke, open, next, respond } = await startEnvironment(t);
  const lost = open();
  void next(lost);
  await arrived();
  lost.close();
  await arrived();
  const runtime = open();
  const event = next(runtime);
  await arrived();

  const invoked = invoke("1");
  await event;
  await respond(runtime, "1", "1");

  assert.equal(await invoked, "1");
});

test("rejects more polls than a runtime can have", async (t) => {
  const { open, next } = await startEnvironment(t);
  void next(open());
  await arrived();
  for (let count = 0; count < 16; count++) void next(open());
  await arrived();

  const response = await next(open());

  assert.equal(statusOf(response), 403);
  assert.match(response, /TooManyPolls/);
});

test("accepts one response, for the invocation that was delivered", async (t) => {
  const { invoke, open, next, respond } = await startEnvironment(t);
  const runtime = open();
  const event = next(runtime);
  await arrived();
  const early = await respond(open(), "1", "early");
  const invoked = invoke("1");
  await event;
  const rejected = [
    early,
    await respond(open(), "2", "another id"),
    await open().send("POST", `${version}/invocation/2/error`, "another id"),
    await open().send("POST", `${version}/invocation/%31/response`, "an encoded id"),
    await open().send("POST", `${version}/invocation/1%00/response`, "a longer id"),
  ];
  const lost = await open().send("POST", `${version}/invocation/x/../1/response`, "another path");
  const accepted = await respond(runtime, "1", "one");
  const duplicates = [
    await respond(open(), "1", "two"),
    await open().send("POST", `${version}/invocation/1/error`, "three"),
  ];

  assert.equal(await invoked, "one");
  assert.equal(statusOf(accepted), 202);
  assert.equal(statusOf(lost), 404);
  for (const response of [...rejected, ...duplicates]) {
    assert.equal(statusOf(response), 400);
    assert.match(response, /"errorType":"InvalidRequestID"/);
  }
});

test("an initialization error is not allowed after the initialization", async (t) => {
  const { invoke, open, next, respond } = await startEnvironment(t);
  const runtime = open();
  const event = next(runtime);
  await arrived();

  const idle = await open().send("POST", `${version}/init/error`, "{}");
  const invoked = invoke("1");
  await event;
  const busy = await open().send("POST", `${version}/init/error`, "{}");
  await respond(runtime, "1", "1");

  assert.equal(await invoked, "1");
  for (const [response, state] of [
    [idle, "Ready"],
    [busy, "Running"],
  ] as const) {
    assert.equal(statusOf(response), 403);
    assert.match(
      response,
      new RegExp(`"errorMessage":"State transition from ${state} to InitError failed for runtime\\.`),
    );
    assert.match(response, /"errorType":"InvalidStateTransition"/);
  }
});
