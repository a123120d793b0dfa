import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { silentLog } from "../base/index.js";
import type { StreamedReply } from "./http.js";
import { serve } from "./node-http.js";

/** A server that gives the same reply to every request, and the lines that it logs. */
async function startServer(t: TestContext, reply: StreamedReply) {
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (line: string) => warnings.push(line) };
  const server = createServer(serve(async () => reply, log)).listen(0, "127.0.0.1");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/a`, warnings };
}

for (const [name, reply, reason] of [
  ["a header value outside Latin-1", { headers: { "x-a": "☃" } }, 'Invalid character in header content ["x-a"]'],
  ["a header value with a line break", { headers: { "x-a": "1\r\nx-b: 2" } }, "Invalid character in header content"],
  ["one bad value of several", { headers: { "set-cookie": ["a=1", "b=\n"] } }, "Invalid character in header content"],
  ["a header name with a space", { headers: { "x a": "1" } }, "Header name must be a valid HTTP token"],
  ["an empty header name", { headers: { "": "1" } }, "Header name must be a valid HTTP token"],
  ["a status that announces another reply", { status: 100 }, "its status is 100"],
  ["a status of four digits", { status: 2000 }, "its status is 2000"],
  ["a status that is not a number", { status: Number.NaN }, "its status is NaN"],
] as const) {
  test(`replies with 500 and logs one line instead of ${name}`, { timeout: 30_000 }, async (t) => {
    const { url, warnings } = await startServer(t, { status: 200, headers: {}, body: "secret", ...reply });

    const response = await fetch(url);

    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /secret/);
    assert.equal(warnings.length, 1);
    assert.ok(warnings[0]?.startsWith(`GET /a failed: the reply cannot be sent: ${reason}`), warnings[0]);
  });
}

for (const [name, headers] of [
  ["a length that is too short", { "content-length": "1" }],
  ["a length that is not a number", { "Content-Length": "many" }],
  ["a transfer coding", { "transfer-encoding": "chunked" }],
  ["a trailer", { trailer: "x-a" }],
] as const) {
  test(`frames a body itself when the reply has ${name}`, { timeout: 30_000 }, async (t) => {
    const { url } = await startServer(t, { status: 200, headers, body: "whole body" });

    const response = await fetch(url);

    assert.equal(response.headers.get("content-length"), "10");
    assert.equal(await response.text(), "whole body");
  });
}

test("closes a stream whose reply cannot be sent", { timeout: 30_000 }, async (t) => {
  const body = Readable.from([Buffer.from("a")]);
  const { url } = await startServer(t, { status: 200, headers: { "x-a": "☃" }, body });

  assert.equal((await fetch(url)).status, 500);
  assert.equal(body.destroyed, true);
});
