import assert from "node:assert/strict";
import { Agent, type IncomingMessage, request } from "node:http";
import { type TestContext, test } from "node:test";
import { silentLog } from "../../base/index.js";
import type { Signature } from "../../model/index.js";
import type { HandlerResult } from "../result.js";
import { startServer } from "./server.js";

const signature: Signature = {
  format: "pickle",
  type: "sklearn.svm.SVC",
  libraries: {},
  features: [],
  named: false,
  methods: [{ name: "predict", output: { kind: "label" } }],
  parameters: {},
};

const results: Readonly<Record<string, HandlerResult>> = {
  good: { ok: true, body: "[2]" },
  bad: { ok: false, error: { errorType: "InvalidInput", errorMessage: '[400] Row 1 has 3 values\n"expected" 4' } },
  broken: { ok: false, error: { errorType: "PredictionFailed", errorMessage: "[500] Internal server error" } },
};

/** A server whose handler returns the result with the name in the request body. */
async function start(t: TestContext) {
  const handler = async (event: string): Promise<HandlerResult> =>
    results[event] ?? { ok: true, body: String(event.length) };
  const server = await startServer({ handler, signature, host: "127.0.0.1", port: 0, log: silentLog });
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

const invocations = "/2015-03-31/functions/function/invocations";

for (const [name, method, path, body, status, expected] of [
  ["a prediction", "POST", "/predict", "good", 200, "[2]"],
  ["an invalid request", "POST", "/predict", "bad", 400, '{"message":"Row 1 has 3 values\\n\\"expected\\" 4"}'],
  ["an internal error", "POST", "/predict", "broken", 500, '{"message":"Internal server error"}'],
  ["an invocation as in AWS's emulator", "POST", invocations, "good", 200, "[2]"],
  [
    "a failed invocation as in AWS's emulator",
    "POST",
    invocations,
    "broken",
    200,
    '{"errorType":"PredictionFailed","errorMessage":"[500] Internal server error"}',
  ],
  ["health", "GET", "/health", undefined, 200, '{"status":"ok","model":"sklearn.svm.SVC"}'],
  ["a path with a query", "GET", "/health?probe=1", undefined, 200, '{"status":"ok","model":"sklearn.svm.SVC"}'],
  ["an unknown path", "GET", "/", undefined, 404, /Path \/ not found\. Paths: POST .*, POST \/predict, GET \/health/],
  ["a wrong method", "GET", "/predict", undefined, 405, /Method GET is not allowed for \/predict; use POST/],
  ["a body of 6 MB", "POST", "/predict", Buffer.alloc(6 * 1024 * 1024, "x"), 200, "6291456"],
  ["a larger body", "POST", "/predict", Buffer.alloc(6 * 1024 * 1024 + 1, "x"), 413, /maximum of 6291456 bytes/],
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
  const handler = async (): Promise<HandlerResult> => results.good!;

  await assert.rejects(startServer({ handler, signature, host: "127.0.0.1", port, log: silentLog }), {
    code: "server-address",
    message: `Cannot listen on 127.0.0.1:${port}: another program is using it`,
  });
});

test("close waits for requests in flight, not for idle connections", async (t) => {
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  let finish: (result: HandlerResult) => void = () => {};
  let started: () => void = () => {};
  const requestStarted = new Promise<void>((resolve) => {
    started = resolve;
  });
  const handler = () =>
    new Promise<HandlerResult>((resolve) => {
      finish = resolve;
      started();
    });
  const server = await startServer({ handler, signature, host: "127.0.0.1", port: 0, log: silentLog });
  const answer = send(`${server.url}/predict`, "POST", "good", agent);
  await requestStarted;

  const closed = server.close();
  finish(results.good!);

  assert.equal((await answer).body, "[2]");
  await closed;
});
