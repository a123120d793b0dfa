import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { WorkerPool } from "./pool.js";
import type { Tasks } from "./tasks.js";

function startPool(t: TestContext, options: { readonly taskMsMax?: number } = {}): WorkerPool {
  const pool = new WorkerPool(options);
  t.after(() => pool.close());
  return pool;
}

/** A pattern that only a backtracking engine can match, in exponential time. */
const endless: Tasks["matches"]["input"] = { pattern: "(a+)+\\1b", text: "a".repeat(100) };

function mapping(template: string, body = "{}"): Tasks["map"]["input"] {
  const scope = {
    pathParameters: {},
    query: new Map(),
    headers: new Map(),
    stageVariables: {},
    responseHeaders: undefined,
    body,
  };
  return { parameters: {}, template, scope, context: new Map([["stage", "dev"]]) };
}

test("returns a task's output", async (t) => {
  const pool = startPool(t);

  const result = await pool.run(
    "map",
    mapping("#set($context.x = [1, 2.5])$context.stage $input.path('$.a')", '{"a": 1.0}'),
  );

  assert.deepEqual(result, {
    parameters: [],
    body: "dev 1.0",
    context: new Map<string, unknown>([
      ["stage", "dev"],
      ["x", { items: [1, { double: 2.5 }], isJson: false }],
    ]),
  });
});

test("returns the fault of a template as output", async (t) => {
  const result = await startPool(t).run("map", mapping("#if("));

  assert.ok("error" in result && /expected an expression in line 1/.test(result.error), JSON.stringify(result));
});

test("ends a task at its deadline, and performs the next one", async (t) => {
  const pool = startPool(t, { taskMsMax: 500 });

  await assert.rejects(pool.run("matches", endless), { name: "TooCostly", message: "It takes more than 500 ms" });

  assert.equal(await startPool(t).run("matches", { pattern: "(a)\\1", text: "aa" }), true);
});

test("ends a task that takes too much memory", async (t) => {
  const pool = startPool(t, { taskMsMax: 120_000 });
  const template = "#set($l = [])#foreach($i in [1..900])#set($s = $input.body.toUpperCase())$l.add($s)#end";

  await assert.rejects(pool.run("map", mapping(template, "\u00e9".repeat(4_000_000))), {
    name: "TooCostly",
    message: "It takes too much memory",
  });
});

test("performs two tasks at once and lets others wait", async (t) => {
  const pool = startPool(t, { taskMsMax: 15_000 });
  const quick = { pattern: "a", text: "a" };
  await Promise.all([pool.run("matches", quick), pool.run("matches", quick)]);
  const ended: string[] = [];
  const run = (name: string, input: Tasks["matches"]["input"]) =>
    pool.run("matches", input).then(
      () => ended.push(name),
      () => ended.push(name),
    );

  await Promise.all([run("endless", endless), run("quick", quick), run("waiting", quick)]);

  assert.deepEqual(ended, ["quick", "waiting", "endless"]);
});

test("rejects more tasks than may wait, and those that wait when it closes", async () => {
  const pool = new WorkerPool();
  const runs = Array.from({ length: 67 }, () => pool.run("matches", endless));
  const outcomes = Promise.allSettled(runs);

  await assert.rejects(runs[66]!, { name: "TooCostly", message: "Too many costly requests" });
  await pool.close();

  for (const { status } of await outcomes) assert.equal(status, "rejected");
});
