import assert from "node:assert/strict";
import { test } from "node:test";
import { adder } from "../../test/support/adder.js";
import { silentLog } from "../base/index.js";
import { createHandler } from "./handler.js";

const handle = createHandler(adder, silentLog);

const http = { requestContext: { http: { method: "POST", path: "/" } }, version: "2.0", isBase64Encoded: false };
const proxy = { httpMethod: "POST", path: "/", requestContext: { stage: "dev" }, isBase64Encoded: false };

/** The events that carry a body, each as its caller makes it. */
const bodyEvents: readonly (readonly [name: string, wrap: (body: string) => unknown])[] = [
  ["a REST API's proxy integration", (body) => ({ ...proxy, body })],
  ["an HTTP API with format 1.0", (body) => ({ ...proxy, version: "1.0", body })],
  ["an HTTP API with format 2.0 or a function URL", (body) => ({ ...http, body })],
  ["a body in base64", (body) => ({ ...http, body: Buffer.from(body).toString("base64"), isBase64Encoded: true })],
];

for (const [name, wrap] of bodyEvents) {
  test(`${name} gets a status, headers and a body`, async () => {
    const answer = await handle(JSON.stringify(wrap('{"values": [[1, 2], [3, 4.5]]}')));

    assert.deepEqual(payloadOf(answer), {
      statusCode: 200,
      headers: { "Content-Type": "application/json" },
      body: "[3,7.5]",
      isBase64Encoded: false,
    });
  });
}

for (const [name, event] of [
  ["an event", { values: [[1, 2]] }],
  [
    "a non-proxy integration with the passthrough template",
    { "body-json": { values: [[1, 2]] }, params: {}, context: {} },
  ],
] as const) {
  test(`${name} gets the predictions themselves`, async () => {
    assert.deepEqual(await handle(JSON.stringify(event)), { ok: true, body: "[3]" });
  });
}

test("a method is asked for by its name, and the first one answers without", async () => {
  const values = [[1, 2]];

  assert.deepEqual(await handle(JSON.stringify({ values, method: "transform" })), { ok: true, body: "[[1,2]]" });
  assert.deepEqual(await handle(JSON.stringify({ values, method: null })), { ok: true, body: "[3]" });
});

for (const [name, request, message] of [
  ["no values", {}, /values/],
  ["values that are no list", { values: 5 }, /values/],
  ["no rows", { values: [] }, /values/],
  ["a row that is no list", { values: [[1, 2], 3] }, /row 2/i],
  ["a row too short", { values: [[1, 2], [3]] }, /row 2/i],
  ["a row too long", { values: [[1, 2, 3]] }, /row 1/i],
  [
    "text for a number",
    {
      values: [
        [1, 2],
        [3, 4],
        [5, "six"],
      ],
    },
    /row 3.*column 2/i,
  ],
  ["null where nothing may be missing", { values: [[null, 2]] }, /row 1.*column 1/i],
  ["a method that the model has not", { values: [[1, 2]], method: "fly" }, /"fly".*predict, transform/],
  ["a method that is no text", { values: [[1, 2]], method: 7 }, /7.*predict, transform/],
] as const) {
  test(`${name} fails the invocation as the caller's error`, async () => {
    const answer = await handle(JSON.stringify(request));

    assert.ok(!answer.ok);
    assert.equal(answer.error.errorType, "InvalidInput");
    assert.match(answer.error.errorMessage, /^\[400\] /);
    assert.match(answer.error.errorMessage, message);
  });

  test(`${name} is a 400 behind a proxy integration`, async () => {
    const { statusCode, body } = payloadOf(await handle(JSON.stringify({ ...proxy, body: JSON.stringify(request) })));

    assert.equal(statusCode, 400);
    assert.match(JSON.parse(body).message, message);
    assert.doesNotMatch(body, /\[400\]/);
  });
}

for (const [name, event, message] of [
  ["text that is not valid JSON", '{"values": [[1, 2}', /^\[400\] The request is not valid JSON: [^"]+\. Send JSON/],
  ["nothing", "", /^\[400\] The request is not valid JSON: Unexpected end/],
  ["a list", "[[1, 2]]", /^\[400\] The request must be a JSON object with "values", found a list/],
  ["null", "null", /found null/],
] as const) {
  test(`${name} for an event is the caller's error`, async () => {
    const answer = await handle(event);

    assert.ok(!answer.ok);
    assert.match(answer.error.errorMessage, message);
  });
}

for (const [name, body, message] of [
  ["no body", undefined, "The request has no body"],
  ["an empty body", "", "The request has no body"],
  ["a body that is not valid JSON", "values=1", "The body is not valid JSON"],
  ["a body that is no object", "[[1, 2]]", "The request must be a JSON object"],
] as const) {
  test(`${name} is a 400 behind a proxy integration`, async () => {
    const answer = payloadOf(await handle(JSON.stringify({ ...http, body })));

    assert.equal(answer.statusCode, 400);
    assert.ok(JSON.parse(answer.body).message.startsWith(message), answer.body);
  });
}

test("a fault of ours tells nothing internal, behind a proxy and without", async () => {
  const request = JSON.stringify({ values: [[1000, 1]] });
  const behind = payloadOf(await handle(JSON.stringify({ ...proxy, body: request })));

  assert.deepEqual(await handle(request), {
    ok: false,
    error: { errorType: "PredictionFailed", errorMessage: "[500] Internal server error" },
  });
  assert.deepEqual([behind.statusCode, behind.body], [500, '{"message":"Internal server error"}']);
});

test("each failure is one line of the log, without a value of the request", async () => {
  const lines: string[] = [];
  const logged = createHandler(adder, { info: () => {}, warn: (line) => lines.push(line) });

  await logged('{"values": [[1, "secret"]]}');
  await logged('{"values": [[1]], "method": "secret"}');
  await logged('{"values": [[1000, 123456]]}');
  await logged('{"values": [[1, 2]]}');

  assert.equal(lines.length, 3);
  for (const line of lines) assert.doesNotMatch(line, /secret|123456|\n/);
  assert.match(lines[2]!, /the carry fell off.*adder/);
});

function payloadOf(answer: Awaited<ReturnType<typeof handle>>): { statusCode: number; body: string } {
  assert.ok(answer.ok);
  return JSON.parse(answer.body);
}
