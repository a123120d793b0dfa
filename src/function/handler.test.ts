import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutAdder, adder } from "../../test/support/adder.js";
import { silentLog } from "../base/index.js";
import { createHandler } from "./handler.js";

const handle = createHandler({ model: adder, about: aboutAdder, log: silentLog });

const http = { requestContext: { http: { method: "POST", path: "/" } }, version: "2.0", isBase64Encoded: false };
const proxy = { httpMethod: "POST", path: "/", requestContext: { stage: "dev" }, isBase64Encoded: false };

/** The events with a body, in each caller's format. */
const bodyEvents: readonly (readonly [name: string, wrap: (body: string) => unknown])[] = [
  ["a REST API's proxy integration", (body) => ({ ...proxy, body })],
  ["an HTTP API with format 1.0", (body) => ({ ...proxy, version: "1.0", body })],
  ["an HTTP API with format 2.0 or a function URL", (body) => ({ ...http, body })],
  [
    "a caller with a base64 body",
    (body) => ({ ...http, body: Buffer.from(body).toString("base64"), isBase64Encoded: true }),
  ],
];

for (const [name, wrap] of bodyEvents) {
  test(`returns status, headers and body to ${name}`, async () => {
    const result = await handle(JSON.stringify(wrap('{"values": [[1, 2], [3, 4.5]]}')));

    assert.deepEqual(payloadOf(result), {
      statusCode: 200,
      headers: { "Content-Type": "application/json" },
      body: "[3,7.5]",
      isBase64Encoded: false,
    });
  });
}

for (const [name, event] of [
  ["a direct invocation", { values: [[1, 2]] }],
  [
    "a non-proxy integration with the passthrough template",
    { "body-json": { values: [[1, 2]] }, params: {}, context: {} },
  ],
] as const) {
  test(`returns only the predictions to ${name}`, async () => {
    assert.deepEqual(await handle(JSON.stringify(event)), { ok: true, body: "[3]" });
  });
}

test("calls the named method, or the first one without a name", async () => {
  const values = [[1, 2]];

  assert.deepEqual(await handle(JSON.stringify({ values, method: "transform" })), { ok: true, body: "[[1,2]]" });
  assert.deepEqual(await handle(JSON.stringify({ values, method: null })), { ok: true, body: "[3]" });
});

for (const [name, request, message] of [
  ["no values", {}, /values/],
  ["values that are not a list", { values: 5 }, /values/],
  ["no rows", { values: [] }, /values/],
  ["a row that is not a list", { values: [[1, 2], 3] }, /row 2/i],
  ["a row too short", { values: [[1, 2], [3]] }, /row 2/i],
  ["a row too long", { values: [[1, 2, 3]] }, /row 1/i],
  [
    "a string for a number",
    {
      values: [
        [1, 2],
        [3, 4],
        [5, "six"],
      ],
    },
    /row 3.*column 2/i,
  ],
  ["null for a column without missing values", { values: [[null, 2]] }, /row 1.*column 1/i],
  ["an unknown method", { values: [[1, 2]], method: "fly" }, /"fly".*predict, transform/],
  ["a method that is not a string", { values: [[1, 2]], method: 7 }, /7.*predict, transform/],
] as const) {
  test(`fails the invocation as InvalidInput for ${name}`, async () => {
    const result = await handle(JSON.stringify(request));

    assert.ok(!result.ok);
    assert.equal(result.error.errorType, "InvalidInput");
    assert.match(result.error.errorMessage, /^\[400\] /);
    assert.match(result.error.errorMessage, message);
  });

  test(`returns 400 to a proxy integration for ${name}`, async () => {
    const { statusCode, body } = payloadOf(await handle(JSON.stringify({ ...proxy, body: JSON.stringify(request) })));

    assert.equal(statusCode, 400);
    assert.match(JSON.parse(body).message, message);
    assert.doesNotMatch(body, /\[400\]/);
  });
}

for (const [name, event, message] of [
  ["invalid JSON", '{"values": [[1, 2}', /^\[400\] The request is not valid JSON: [^"]+\. Send JSON/],
  ["empty", "", /^\[400\] The request is not valid JSON: Unexpected end/],
  ["a list", "[[1, 2]]", /^\[400\] The request must be a JSON object with "values", found a list/],
  ["null", "null", /found null/],
] as const) {
  test(`fails the invocation as InvalidInput for an event that is ${name}`, async () => {
    const result = await handle(event);

    assert.ok(!result.ok);
    assert.match(result.error.errorMessage, message);
  });
}

for (const [name, body, message] of [
  ["no body", undefined, "The request has no body"],
  ["an empty body", "", "The request has no body"],
  ["a body that is not valid JSON", "values=1", "The body is not valid JSON"],
  ["a body that is not an object", "[[1, 2]]", "The request must be a JSON object"],
] as const) {
  test(`returns 400 to a proxy integration for ${name}`, async () => {
    const result = payloadOf(await handle(JSON.stringify({ ...http, body })));

    assert.equal(result.statusCode, 400);
    assert.ok(JSON.parse(result.body).message.startsWith(message), result.body);
  });
}

test("hides the details of an internal error from callers", async () => {
  const request = JSON.stringify({ values: [[1000, 1]] });
  const proxied = payloadOf(await handle(JSON.stringify({ ...proxy, body: request })));

  assert.deepEqual(await handle(request), {
    ok: false,
    error: { errorType: "PredictionFailed", errorMessage: "[500] Internal server error" },
  });
  assert.deepEqual([proxied.statusCode, proxied.body], [500, '{"message":"Internal server error"}']);
});

test("logs each failure in one line without values of the request", async () => {
  const lines: string[] = [];
  const logged = createHandler({
    model: adder,
    about: aboutAdder,
    log: { info: () => {}, warn: (line) => lines.push(line) },
  });

  await logged('{"values": [[1, "secret"]]}');
  await logged('{"values": [[1]], "method": "secret"}');
  await logged('{"values": [[1000, 123456]]}');
  await logged('{"values": [[1, 2]]}');

  assert.equal(lines.length, 3);
  for (const line of lines) assert.doesNotMatch(line, /secret|123456|\n/);
  assert.match(lines[2]!, /the carry fell off.*adder/);
});

function payloadOf(result: Awaited<ReturnType<typeof handle>>): { statusCode: number; body: string } {
  assert.ok(result.ok);
  return JSON.parse(result.body);
}
