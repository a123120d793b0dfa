import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import {
  deployMethod,
  FailedFunction,
  startApiGateway,
  type TestGateway,
} from "../../../../test/support/apigateway.js";
import { systemClock } from "../../../base/index.js";

/**
 * The deadline of a worker thread's task where it is expected to pass, and where it is not, however busy the machine.
 */
const shortMs = 1000;
const longMs = 120_000;
/** How long the thread that serves all requests may be busy with one of them. */
const busyMsMax = 100;

/**
 * The processor time of the main thread, which a busy machine does not lengthen as it does the time on the clock.
 * Where the system does not tell it, the clock must do.
 */
function busyMs(): number {
  try {
    const [nanoseconds = ""] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(nanoseconds) / 1e6;
  } catch {
    return performance.now();
  }
}

/**
 * Fails when the event loop does not get its turn for too long while `work` is running: a health check would wait as
 * long.
 */
async function assertOthersAreServed(work: () => Promise<unknown>): Promise<void> {
  let longest = 0;
  let last = busyMs();
  const turn = () => {
    const now = busyMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(turn, 1);
  await work().finally(() => clearInterval(timer));
  turn();
  assert.ok(longest < busyMsMax, `The event loop was blocked for ${longest} ms`);
}

async function deployWithModel(gateway: TestGateway, schema: unknown) {
  const { send } = gateway;
  const { restApiId, resourceId } = await deployMethod(gateway);
  const { id } = await send("CreateRequestValidator", { restApiId, name: "body", validateRequestBody: true });
  const model = { restApiId, name: "Input", contentType: "application/json", schema: JSON.stringify(schema) };
  await send("CreateModel", model);
  const patchOperations = [
    { op: "replace" as const, path: "/requestValidatorId", value: id },
    { op: "add" as const, path: "/requestModels/application~1json", value: "Input" },
  ];
  await send("UpdateMethod", { restApiId, resourceId, httpMethod: "POST", patchOperations });
  await send("CreateDeployment", { restApiId, stageName: "dev" });
  return restApiId;
}

function start(t: TestContext, run: () => unknown, status: number): TestGateway {
  return startApiGateway(t, { run, clock: systemClock, taskMsMax: status === 200 ? longMs : shortMs });
}

const long = "a".repeat(5000);
/** Definitions A0 to A30, each of which allows the next in two ways: 2^30 evaluations. */
const doubling = {
  definitions: Object.fromEntries([
    ...Array.from({ length: 30 }, (_, index) => {
      const next = { $ref: `#/definitions/A${index + 1}` };
      return [`A${index}`, { anyOf: [next, next] }];
    }),
    ["A30", { type: "string" }],
  ]),
  $ref: "#/definitions/A0",
};
const objects = Array.from({ length: 30_000 }, (_, index) => ({ a: index, b: { c: [index] } }));
const flat = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]));

for (const [name, schema, body, status] of [
  ["an ambiguous pattern", { properties: { a: { pattern: "^(a+)+$" } } }, { a: `${long}!` }, 400],
  ["an ambiguous pattern that matches", { properties: { a: { pattern: "^(a+)+$" } } }, { a: long }, 200],
  ["a pattern with a back-reference", { properties: { a: { pattern: "^(a+)+\\1$" } } }, { a: `${long}!` }, 400],
  ["a pattern as a property's name", { patternProperties: { "^(a|a)*b$": {} } }, { [long]: 1 }, 200],
  ["nested anyOf of references", doubling, 1, 400],
  ["uniqueItems over 30,000 objects", { uniqueItems: true }, objects, 400],
  ["a flat object of 100,000 members", { additionalProperties: { type: "number" } }, flat, 200],
  ["a flat object of 100,000 unwanted members", { additionalProperties: false }, flat, 400],
  [
    "a recursive schema",
    { type: "array", anyOf: [{ items: { $ref: "#" } }, { items: { $ref: "#" } }] },
    nested(40),
    400,
  ],
] as const) {
  test(`validation with ${name} ends with ${status} and does not hold up others`, async (t) => {
    const gateway = start(t, () => "ok", status);
    const restApiId = await deployWithModel(gateway, schema);
    const text = JSON.stringify(body);
    // Compiles the deployment and its model.
    await gateway.invoke(restApiId, "POST /predict", { body: "0" });

    await assertOthersAreServed(async () => {
      const reply = await gateway.invoke(restApiId, "POST /predict", { body: text });
      assert.equal(reply.status, status, reply.body);
    });
  });
}

function nested(depth: number): unknown {
  let value: unknown = "x";
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

const loops = "#foreach($a in [1..999])#foreach($b in [1..999])#foreach($c in [1..999])#foreach($d in [1..999])";
for (const [name, template, body, status] of [
  ["an ambiguous pattern in matches", "$input.path('$.a').matches('(a+)+b')", { a: long }, 200],
  ["an ambiguous pattern in split", "$input.path('$.a').split('(a+)+b').size()", { a: long }, 200],
  ["an ambiguous pattern in replaceAll", "\"$input.path('$.a').replaceAll('(a|a)+b', 'x')\"", { a: long }, 200],
  ["a back-reference in matches", "$input.path('$.a').matches('(a+)+\\1b')", { a: long }, 500],
  ["an ambiguous pattern in a JSONPath", "$input.json('$[?(@ =~ /(a+)+b/)]')", [long, long], 200],
  ["a back-reference in a JSONPath", "$input.json('$[?(@ =~ /(a+)+\\1b/)]')", [long], 500],
  ["nested loops", `${loops}#end#end#end#end`, {}, 500],
  ["text that doubles", "#set($x = 'xxxxxxxx')#foreach($i in [1..99])#set($x = $x + $x)#end", {}, 500],
  ["lists that double", "#set($x = [1])#foreach($i in [1..99])#set($x = [$x, $x])#end$x", {}, 500],
  [
    "a list of long strings",
    `#set($l = [])${loops}#set($s = $input.body.concat("$a$b$c$d"))$l.add($s)#end#end#end#end`,
    long,
    500,
  ],
  ["a large body", "$input.json('$')", flat, 200],
  ["deep JSON", "$input.json('$..*..*')", nested(900), 500],
] as const) {
  test(`a template with ${name} ends with ${status} and does not hold up others`, async (t) => {
    const gateway = start(t, () => "ok", status);
    const integration = { requestTemplates: { "application/json": template } };
    const { restApiId } = await deployMethod(gateway, { integration });
    const text = JSON.stringify(body);

    await assertOthersAreServed(async () => {
      const reply = await gateway.invoke(restApiId, "POST /predict", { body: text });
      assert.equal(reply.status, status, reply.body);
    });
  });
}

for (const [name, selectionPattern, status] of [
  ["an ambiguous pattern", "(a+)+b", 200],
  ["a back-reference", "(a+)+\\1b", 500],
] as const) {
  test(`a selection pattern with ${name} ends with ${status} and does not hold up others`, async (t) => {
    const gateway = start(t, () => new FailedFunction(long), status);
    const { restApiId } = await deployMethod(gateway, { responses: { "200": {}, "400": { selectionPattern } } });

    await assertOthersAreServed(async () => {
      const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });
      assert.equal(reply.status, status, reply.body);
    });
  });
}

test("a large result of a proxy's function is read without holding up others", async (t) => {
  const gateway = start(t, () => ({ statusCode: 200, headers: flat, body: "x" }), 502);
  const { restApiId } = await deployMethod(gateway, { type: "AWS_PROXY" });

  const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.equal(reply.status, 502);
});

test("a template's overrides survive its move to a worker thread", async (t) => {
  const gateway = start(t, () => flat, 200);
  const responseTemplates = {
    "application/json":
      "#set($n = $input.path('$').size())#set($context.responseOverride.status = 202)#set($context.responseOverride.header.X-Size = $n)$context.stage",
  };
  const { restApiId } = await deployMethod(gateway, { responses: { "200": { responseTemplates } } });

  const { status, body, headers } = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual([status, body, headers["x-size"]], [202, "dev", "100000"]);
});
