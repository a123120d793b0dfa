import assert from "node:assert/strict";
import { Agent, type IncomingMessage, request } from "node:http";
import { type TestContext, test } from "node:test";
import { aboutAdder, adder } from "../../../test/support/adder.js";
import { silentLog } from "../../base/index.js";
import type { Model } from "../../model/index.js";
import { createHandler } from "../handler.js";
import { startServer } from "./server.js";

const served = { model: adder, about: aboutAdder, log: silentLog };

async function start(t: TestContext) {
  const handler = createHandler(served);
  const server = await startServer({ ...served, handler, host: "127.0.0.1", port: 0 });
  t.after(() => server.close());
  return server;
}

async function send(url: string, method: string, body?: string | Buffer, agent: Agent | false = false) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, agent }, resolve).on("error", reject).end(body);
  });
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() };
}

const good = '{"values": [[1, 1]]}';
const broken = '{"values": [[1000, 1]]}';
/** A valid request of 6 MB: blanks are allowed in JSON. */
const largest = good.padEnd(6 * 1024 * 1024);

const invocations = "/2015-03-31/functions/function/invocations";

for (const [name, method, path, body, status, expected] of [
  ["a prediction", "POST", "/predict", good, 200, "[2]"],
  ["an invalid request", "POST", "/predict", '{"values": [[1]]}', 400, /^Row 1 has 1 values; the model expects 2/],
  ["an internal error", "POST", "/predict", broken, 500, '{"message":"Internal server error"}'],
  ["an invocation as in AWS's emulator", "POST", invocations, good, 200, "[2]"],
  [
    "a failed invocation as in AWS's emulator",
    "POST",
    invocations,
    broken,
    200,
    '{"errorType":"PredictionFailed","errorMessage":"[500] Internal server error"}',
  ],
  ["health", "GET", "/health", undefined, 200, '{"status":"ok","model":"tests.Adder"}'],
  ["a path with a query", "GET", "/health?probe=1", undefined, 200, '{"status":"ok","model":"tests.Adder"}'],
  ["the question of KServe's clients", "GET", "/", undefined, 200, '{"status":"alive"}'],
  [
    "an unknown path",
    "GET",
    "/no",
    undefined,
    404,
    /Path \/no not found\. Paths: POST .*, POST \/predict, GET \/health/,
  ],
  ["a wrong method", "GET", "/predict", undefined, 405, /Method GET is not allowed for \/predict; use POST/],
  ["a wrong method of the emulator's path", "GET", invocations, undefined, 405, /use POST/],
  ["a body of 6 MB", "POST", "/predict", largest, 200, "[2]"],
  ["a larger body", "POST", "/predict", `${largest} `, 413, /maximum of 6291456 bytes/],
] as const) {
  test(`returns ${status} for ${name}`, async (t) => {
    const server = await start(t);

    const response = await send(`${server.url}${path}`, method, body);

    assert.equal(response.status, status);
    assert.equal(response.headers["content-type"], "application/json");
    if (expected instanceof RegExp) assert.match(JSON.parse(response.body).message, expected);
    else assert.equal(response.body, expected);
  });
}

test("names the allowed method in the Allow header", async (t) => {
  const server = await start(t);

  assert.equal((await send(`${server.url}/predict`, "DELETE")).headers.allow, "POST");
});

test("limits a body without a Content-Length", async (t) => {
  const server = await start(t);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = request(`${server.url}/predict`, { method: "POST", agent: false }, resolve).on("error", reject);
    for (let i = 0; i < 7; i++) sending.write(Buffer.alloc(1024 * 1024, "x"));
    sending.end();
  });

  assert.equal(response.statusCode, 413);
  response.resume();
});

test("supports HEAD for /health", async (t) => {
  const server = await start(t);

  assert.deepEqual(await send(`${server.url}/health`, "HEAD").then(({ status, body }) => [status, body]), [200, ""]);
});

test("rejects with an error that names a port in use", async (t) => {
  const { port } = await start(t);
  const handler = createHandler(served);

  await assert.rejects(startServer({ ...served, handler, host: "127.0.0.1", port }), {
    code: "server-address",
    message: `Cannot listen on 127.0.0.1:${port}: another program is using it`,
  });
});

test("close waits for requests in flight, not for idle connections", async (t) => {
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  let finish: () => void = () => {};
  let started: () => void = () => {};
  const requestStarted = new Promise<void>((resolve) => {
    started = resolve;
  });
  const slow: Model = {
    ...adder,
    async run(method, table) {
      await new Promise<void>((resolve) => {
        finish = resolve;
        started();
      });
      return adder.run(method, table);
    },
  };
  const slowServed = { ...served, model: slow };
  const handler = createHandler(slowServed);
  const server = await startServer({ ...slowServed, handler, host: "127.0.0.1", port: 0 });
  const answer = send(`${server.url}/predict`, "POST", good, agent);
  await requestStarted;

  const closed = server.close();
  finish();

  assert.equal((await answer).body, "[2]");
  await closed;
});
