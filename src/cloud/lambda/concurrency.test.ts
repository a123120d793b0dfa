import assert from "node:assert/strict";
import { test } from "node:test";
import { missingBusybox, shellImage, startLambda } from "../../../test/support/lambda.js";
import { until } from "../../../test/support/until.js";

const skip = missingBusybox;
const sleeper = () => shellImage('host=$$; while next; do sleep "$event"; answer "$host"; done');

test("invocations at the same time run in environments of their own, and later ones use them again", {
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

test("an environment is started ahead, and its start is in the first report only", { skip }, async (t) => {
  const { create, invoke } = startLambda(t);
  await create("f", sleeper());

  const [first, second] = [await invoke("f", 0), await invoke("f", 0)];

  assert.match(first.log, /Init Duration: /);
  assert.doesNotMatch(second.log, /Init Duration: /);
});

test("reserved concurrency throttles what goes beyond it, and only that", { skip }, async (t) => {
  const { create, invoke, ask, lines } = startLambda(t);
  await create("f", sleeper());
  await ask("PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 1 });

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

  await ask("PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 0 });
  await assert.rejects(invoke("f", 0), { code: "TooManyRequestsException" });
  await ask("DeleteFunctionConcurrency", { FunctionName: "f" });
  assert.equal((await invoke("f", 0)).error, undefined);
});

test("an event is accepted at once, run later, and outlives the cloud", { skip }, async (t) => {
  const first = startLambda(t);
  const image = shellImage('while next; do echo "ran $event"; answer null; done');
  await first.create("f", image);
  await first.ask("PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 0 });
  const accepted = await first.invoke("f", "late", { InvocationType: "Event" });
  await first.close();

  const second = startLambda(t, { folder: first.folder });
  await second.ask("DeleteFunctionConcurrency", { FunctionName: "f" });

  assert.deepEqual([accepted.status, accepted.payload], [202, undefined]);
  await until("the event has run", () => second.lines.some(({ message }) => message === 'ran "late"\n'));
  await until("the queue is empty", () => second.lambda.service.state.events.list([]).length === 0);
});

test("a dry run checks and runs nothing", { skip }, async (t) => {
  const { create, invoke, lines } = startLambda(t);
  await create("f", sleeper());

  assert.equal((await invoke("f", 0, { InvocationType: "DryRun" })).status, 204);
  await assert.rejects(invoke("absent", 0, { InvocationType: "DryRun" }), { code: "ResourceNotFoundException" });
  assert.ok(!lines.some(({ message }) => message.startsWith("START")));
});

test("functions are Active and answer after the cloud has ended and started again", { skip }, async (t) => {
  const first = startLambda(t);
  await first.create("f", shellImage("while next; do answer $event; done"));
  await first.close();

  const second = startLambda(t, { folder: first.folder });

  assert.equal((await second.ask("GetFunctionConfiguration", { FunctionName: "f" })).State, "Active");
  assert.equal((await second.invoke("f", 42)).payload, 42);
});

test("an update serves the old code until the new is ready, then the new", { skip }, async (t) => {
  const { create, invoke, ask, ready, images } = startLambda(t);
  await create("f", shellImage('while next; do answer "\\"old\\""; done'));
  images.set("localhost:4566/tiny:new", shellImage('while next; do answer "\\"new\\""; done'));

  const update = await ask("UpdateFunctionCode", { FunctionName: "f", ImageUri: "localhost:4566/tiny:new" });
  const during = invoke("f");
  await assert.rejects(ask("UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 5 }), {
    code: "ResourceConflictException",
    message:
      "The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:000000000000:function:f",
  });
  await ready("f");

  assert.equal(update.LastUpdateStatus, "InProgress");
  assert.equal((await during).payload, "old");
  assert.equal((await invoke("f")).payload, "new");
});

test("an alias shares its invocations out by weight", { skip }, async (t) => {
  const { create, invoke, ask, ready } = startLambda(t);
  await create("f", shellImage('while next; do answer "\\"$AWS_LAMBDA_FUNCTION_VERSION\\""; done'), { Publish: true });
  await ask("UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 5 });
  await ready("f");
  await ask("PublishVersion", { FunctionName: "f" });
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
  await ask("CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1", RoutingConfig });

  const answers = [];
  for (let count = 0; count < 40; count++) answers.push(await invoke("f", {}, { Qualifier: "live" }));

  const versions = new Set(answers.map(({ payload, version }) => `${payload} ${version}`));
  assert.deepEqual([...versions].sort(), ["1 1", "2 2"]);
});
