import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { accepted, event, type FakeRuntimeApi, startRuntimeApi } from "../../../test/support/runtime-api.js";
import { silentLog } from "../../base/index.js";
import type { Handler } from "../result.js";
import { runLoop } from "./loop.js";
import { RuntimeApi } from "./runtime-api.js";

const echo: Handler = async (text) => ({ ok: true, body: text });

/** Runs the loop until `requests` requests have arrived. Ignores the error with which the loop ends later. */
async function serve(api: FakeRuntimeApi, requests: number, handler = echo, log = silentLog): Promise<void> {
  const loop = runLoop(new RuntimeApi(api.address), handler, log);
  loop.catch(() => {});
  await Promise.race([api.count(requests), loop]);
}

const lines = (api: FakeRuntimeApi) => api.received.map(({ line }) => line.replace(" HTTP/1.1", ""));

test("posts each result with its request ID and polls again on the same connection", async (t) => {
  const api = await startRuntimeApi(t, [[event("a-1", "[1]")], [accepted], [event("b-2", '"é"')], [accepted]]);

  await serve(api, 5);

  assert.deepEqual(lines(api), [
    "GET /2018-06-01/runtime/invocation/next",
    "POST /2018-06-01/runtime/invocation/a-1/response",
    "GET /2018-06-01/runtime/invocation/next",
    "POST /2018-06-01/runtime/invocation/b-2/response",
    "GET /2018-06-01/runtime/invocation/next",
  ]);
  assert.deepEqual([api.received[1]!.body, api.received[3]!.body, api.connections], ["[1]", '"é"', 1]);
});

test("posts an error with its type in the header", async (t) => {
  const api = await startRuntimeApi(t, [[event("a-1", "[1]")], [accepted]]);
  const error = { errorType: "InvalidInput", errorMessage: "[400] row 1" } as const;

  await serve(api, 3, async () => ({ ok: false, error }));

  const { line, headers, body } = api.received[1]!;
  assert.match(line, /invocation\/a-1\/error/);
  assert.match(headers, /\r\nLambda-Runtime-Function-Error-Type: InvalidInput\r\n/);
  assert.deepEqual(JSON.parse(body), error);
});

test("handles an event of 6 MB in many packets", async (t) => {
  const big = JSON.stringify("x".repeat(6 * 1024 * 1024 - 2));
  const text = event("a-1", big);
  const packets = Array.from({ length: 7 }, (_, i) => text.slice(i * 1_000_000, (i + 1) * 1_000_000));
  const api = await startRuntimeApi(t, [packets, [accepted]]);

  await serve(api, 2);

  assert.equal(api.received[1]!.body === big, true);
});

test("reads a chunked event that is split inside a character", async (t) => {
  const body = Buffer.from('"é"');
  const head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a-1\r\nTransfer-Encoding: chunked\r\n\r\n";
  const chunk = (bytes: Buffer) => Buffer.concat([Buffer.from(`${bytes.length}\r\n`), bytes, Buffer.from("\r\n")]);
  const pieces = [head, chunk(body.subarray(0, 2)), chunk(body.subarray(2)), "0\r\n", "\r\n"];
  const api = await startRuntimeApi(t, [pieces, [accepted]]);

  await serve(api, 2);

  assert.equal(api.received[1]!.body, '"é"');
});

test("logs a rejected result and continues", async (t) => {
  const rejected = "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 9\r\n\r\ntoo large";
  const api = await startRuntimeApi(t, [[event("a-1", "[1]")], [rejected], [event("b-2", "[2]")], [accepted]]);
  const warnings: string[] = [];

  await serve(api, 5, echo, { info: () => {}, warn: (line) => warnings.push(line) });

  assert.deepEqual(warnings, ["a-1: the Runtime API rejected the result: 413 too large"]);
});

test("polls on a new connection after the server closes it with its response", async (t) => {
  const last = "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  // The test's server reads and drops the poll that follows the result, like a server that has closed the connection.
  const api = await startRuntimeApi(t, [[event("a-1", "[1]")], [last], [], [event("b-2", "[2]")]]);

  await serve(api, 5);

  assert.deepEqual([api.received[4]!.body, api.connections], ["[2]", 2]);
});

test("reconnects after the connection is lost before the response", async (t) => {
  const api = await startRuntimeApi(t, [[event("a-1", "[1]")], undefined, [], [accepted], [event("b-2", "[2]")]]);

  await serve(api, 7);

  assert.deepEqual([api.received.at(-2)!.body, api.connections], ["[2]", 2]);
});

test("ends with an error when the API is gone", async () => {
  await assert.rejects(runLoop(new RuntimeApi(await closedAddress()), echo, silentLog), { code: "ECONNREFUSED" });
});

for (const [name, reply, message] of [
  [
    "rejects the poll",
    "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno",
    /responded to a poll with status 403: no/,
  ],
  [
    "sends an event without an ID",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    /responded to a poll with status 200/,
  ],
  ["does not speak HTTP", "hello\r\n\r\n", /not HTTP\/1\.1/],
] as const) {
  test(`ends with an error when the API ${name}`, async (t) => {
    const api = await startRuntimeApi(t, [[reply], [reply]]);

    await assert.rejects(runLoop(new RuntimeApi(api.address), echo, silentLog), { message });
  });
}

test("reports an initialization error to the API", async (t) => {
  const api = await startRuntimeApi(t, [[accepted]]);

  await new RuntimeApi(api.address).initError({ errorType: "Runtime.ModelUnreadable", errorMessage: "no model" });

  assert.match(api.received[0]!.line, /^POST \/2018-06-01\/runtime\/init\/error /);
  assert.deepEqual(JSON.parse(api.received[0]!.body).errorMessage, "no model");
});

/** An address without a listener. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}
