import assert from "node:assert/strict";
import { test } from "node:test";
import { missingBusybox, shellImage, startLambda } from "../../../test/support/lambda.js";
import { until } from "../../../test/support/until.js";

const skip = missingBusybox;
const sleeper = () => shellImage('host=$$; while next; do sleep "$event"; respond "$host"; done');

test("runs concurrent invocations in separate environments, and reuses them", {
  skip,
}, async (t) => {
  const { create, invoke, lines } = startLambda(t);
  await create("f", sleeper());

  const together = await Promise.all(Array.from({ length: 4 }, () => invoke("f", 3)));
  const streams = new Set(lines.filter(({ message }) => message.startsWith("START")).map(({ stream }) => stream));
  const later = await Promise.all(Array.from({ length: 4 }, () => invoke("f", 0)));

  assert.equal(streams.size, 4);
  assert.ok([...together, ...later].every(({ error }) => error === undefined));
  const all = new Set(lines.filter(({ message }) => message.startsWith("START")).map(({ stream }) => stream));
  assert.ok(all.size <= 5, `${all.size} environments for 4 invocations at once`);
});

test("starts an environment ahead, and reports its initialization once", { skip }, async (t) => {
  const { create, invoke, lines } = startLambda(t);
  await create("f", sleeper());

  for (let count = 0; count < 3; count++) await invoke("f", 0);

  const streams = new Map<string, boolean[]>();
  for (const { stream, message } of lines.filter((line) => line.message.startsWith("REPORT"))) {
    streams.set(stream, [...(streams.get(stream) ?? []), message.includes("Init Duration: ")]);
  }
  for (const reports of streams.values()) assert.deepEqual(reports, [true, ...reports.slice(1).map(() => false)]);
});

test("throttles invocations beyond the reserved concurrency only", { skip }, async (t) => {
  const { create, invoke, send, lines } = startLambda(t);
  await create("f", sleeper());
  await send("PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 1 });

  const running = invoke("f", 3);
  await until("the invocation has started", () => lines.some(({ message }) => message.startsWith("START")));
  await assert.rejects(invoke("f", 0), {
    code: "TooManyRequestsException",
    status: 429,
    message: "Rate Exceeded.",
    members: { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded", Type: "User" },
  });
  assert.equal((await running).error, undefined);
  assert.equal((await invoke("f", 0)).error, undefined);

  await send("PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 0 });
  await assert.rejects(invoke("f", 0), { code: "TooManyRequestsException" });
  await send("DeleteFunctionConcurrency", { FunctionName: "f" });
  assert.equal((await invoke("f", 0)).error, undefined);
});

test("runs an accepted event later, also after a restart of the cloud", { skip }, async (t) => {
  const first = startLambda(t);
  const image = shellImage('while next; do echo "ran $event"; respond null; done');
  await first.create("f", image);
  await first.send("PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 0 });
  const accepted = await first.invoke("f", "late", { InvocationType: "Event" });
  await first.close();

  const second = startLambda(t, { folder: first.folder });
  await second.send("DeleteFunctionConcurrency", { FunctionName: "f" });

  assert.deepEqual([accepted.status, accepted.payload], [202, undefined]);
  await until("the event has run", () => second.lines.some(({ message }) => message === 'ran "late"\n'));
  await until("the queue is empty", () => second.lambda.service.state.events.list([]).length === 0);
});

test("a dry run checks the request and runs nothing", { skip }, async (t) => {
  const { create, invoke, lines } = startLambda(t);
  await create("f", sleeper());

  assert.equal((await invoke("f", 0, { InvocationType: "DryRun" })).status, 204);
  await assert.rejects(invoke("absent", 0, { InvocationType: "DryRun" }), { code: "ResourceNotFoundException" });
  assert.ok(!lines.some(({ message }) => message.startsWith("START")));
});

test("serves functions after a restart of the cloud", { skip }, async (t) => {
  const first = startLambda(t);
  await first.create("f", shellImage("while next; do respond $event; done"));
  await first.close();

  const second = startLambda(t, { folder: first.folder });

  assert.equal((await second.send("GetFunctionConfiguration", { FunctionName: "f" })).State, "Active");
  assert.equal((await second.invoke("f", 42)).payload, 42);
});

test("runs the old code during an update, and the new code after it", { skip }, async (t) => {
  const { create, invoke, send, ready, images } = startLambda(t);
  await create("f", shellImage('while next; do respond "\\"old\\""; done'));
  images.set("localhost:4566/tiny:new", shellImage('while next; do respond "\\"new\\""; done'));

  const update = await send("UpdateFunctionCode", { FunctionName: "f", ImageUri: "localhost:4566/tiny:new" });
  const during = invoke("f");
  await assert.rejects(send("UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 5 }), {
    code: "ResourceConflictException",
    message:
      "The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:000000000000:function:f",
  });
  await ready("f");

  assert.equal(update.LastUpdateStatus, "InProgress");
  assert.equal((await during).payload, "old");
  assert.equal((await invoke("f")).payload, "new");
});

test("distributes the invocations of an alias by weight", { skip }, async (t) => {
  const { create, invoke, send, ready } = startLambda(t);
  await create("f", shellImage('while next; do respond "\\"$AWS_LAMBDA_FUNCTION_VERSION\\""; done'), { Publish: true });
  await send("UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 5 });
  await ready("f");
  await send("PublishVersion", { FunctionName: "f" });
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
  await send("CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1", RoutingConfig });

  const results = [];
  for (let count = 0; count < 40; count++) results.push(await invoke("f", {}, { Qualifier: "live" }));

  const versions = new Set(results.map(({ payload, version }) => `${payload} ${version}`));
  assert.deepEqual([...versions].sort(), ["1 1", "2 2"]);
});
