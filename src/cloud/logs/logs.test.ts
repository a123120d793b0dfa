import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import { clientOf, startTestCloud } from "../../../test/support/cloud.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { silentLog } from "../../base/index.js";
import { openStore } from "../store/lmdb-store.js";
import { groupBytesMax } from "./events/event-store.js";
import { createLogs } from "./index.js";

const startMs = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;
const group = "/aws/lambda/iris";

/**
 * A cloud at a fixed time with one group, and events in streams "a" and "b": a1 at 1 ms, b1 at 2 ms, a2 at 3 ms, ...
 */
async function startLogs(t: TestContext, { events = 6 } = {}) {
  let nowMs = startMs;
  const cloud = await startTestCloud(t, { clock: { nowMs: () => nowMs, elapsedMs: () => nowMs } });
  const client = new logs.CloudWatchLogsClient(clientOf(cloud));
  await client.send(new logs.CreateLogGroupCommand({ logGroupName: group }));
  for (const [offset, stream] of ["a", "b"].entries()) {
    await client.send(new logs.CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }));
    const logEvents = Array.from({ length: events / 2 }, (_, index) => ({
      timestamp: startMs + 1 + offset + 2 * index,
      message: `${stream}${index + 1}`,
    }));
    if (logEvents.length > 0)
      await client.send(new logs.PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }));
  }
  const filter = async (input: Partial<logs.FilterLogEventsCommandInput>) => {
    const response = await client.send(new logs.FilterLogEventsCommand({ logGroupName: group, ...input }));
    return { messages: response.events?.map(({ message }) => message), nextToken: response.nextToken };
  };
  const read = async (input: Partial<logs.GetLogEventsCommandInput>) => {
    const response = await client.send(
      new logs.GetLogEventsCommand({ logGroupName: group, logStreamName: "a", ...input }),
    );
    const { nextForwardToken: forward, nextBackwardToken: backward } = response;
    return { messages: response.events?.map(({ message }) => message), forward, backward };
  };
  return {
    client,
    filter,
    read,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

for (const [name, input, messages] of [
  ["no filter", {}, ["a1", "b1", "a2", "b2", "a3", "b3"]],
  ["a stream's name", { logStreamNames: ["b"] }, ["b1", "b2", "b3"]],
  ["a stream's prefix", { logStreamNamePrefix: "a" }, ["a1", "a2", "a3"]],
  ["a time range, both ends included", { startTime: startMs + 2, endTime: startMs + 4 }, ["b1", "a2", "b2"]],
  ["a term", { filterPattern: "a" }, ["a1", "a2", "a3"]],
  ["two terms", { filterPattern: "a 2" }, ["a2"]],
  ["a quoted term", { filterPattern: '"b3"' }, ["b3"]],
  ["an excluded term", { filterPattern: "a -2" }, ["a1", "a3"]],
  ["alternative terms", { filterPattern: "?a3 ?b1" }, ["b1", "a3"]],
] as const) {
  test(`returns events filtered by ${name} in the order of time`, async (t) => {
    const { filter } = await startLogs(t);

    assert.deepEqual(
      (await filter({ ...input, logStreamNames: "logStreamNames" in input ? [...input.logStreamNames] : undefined }))
        .messages,
      messages,
    );
  });
}

test("returns filtered events in pages, each once", async (t) => {
  const { filter } = await startLogs(t);

  const first = await filter({ limit: 4 });
  const second = await filter({ limit: 4, nextToken: first.nextToken });

  assert.deepEqual(
    [first.messages, second.messages, second.nextToken],
    [["a1", "b1", "a2", "b2"], ["a3", "b3"], undefined],
  );
});

test("reads a stream from its end by default, and backward and forward from there", async (t) => {
  const { read } = await startLogs(t);

  const last = await read({ limit: 2 });
  const before = await read({ limit: 2, nextToken: last.backward });
  const end = await read({ nextToken: last.forward });

  assert.deepEqual([last.messages, before.messages, end.messages], [["a2", "a3"], ["a1"], []]);
  // The same token tells a client that it is at the end.
  assert.equal(end.forward, last.forward);
  assert.deepEqual((await read({ startFromHead: true, limit: 1 })).messages, ["a1"]);
  assert.deepEqual((await read({ startTime: startMs + 3, endTime: startMs + 5 })).messages, ["a2"]);
});

test("lists streams by name or by their last event, in pages", async (t) => {
  const { client } = await startLogs(t);
  const list = async (input: object) => {
    const { logStreams, nextToken } = await client.send(
      new logs.DescribeLogStreamsCommand({ logGroupName: group, ...input }),
    );
    return { names: logStreams?.map(({ logStreamName }) => logStreamName), nextToken };
  };

  const first = await list({ orderBy: "LastEventTime", descending: true, limit: 1 });
  const second = await list({ orderBy: "LastEventTime", descending: true, limit: 1, nextToken: first.nextToken });

  assert.deepEqual([first.names, second.names, second.nextToken], [["b"], ["a"], undefined]);
  assert.deepEqual((await list({})).names, ["a", "b"]);
  assert.deepEqual((await list({ logStreamNamePrefix: "b" })).names, ["b"]);
});

test("describes a group's size, retention and tags, and deletes it with its streams and events", async (t) => {
  const { client } = await startLogs(t);
  const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;
  await client.send(new logs.PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 7 }));
  await client.send(new logs.TagResourceCommand({ resourceArn: arn, tags: { a: "1", b: "2" } }));
  await client.send(new logs.UntagResourceCommand({ resourceArn: `${arn}:*`, tagKeys: ["a"] }));

  const { logGroups } = await client.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/" }));
  assert.deepEqual(
    logGroups?.map(({ logGroupName, storedBytes, retentionInDays, arn }) => [
      logGroupName,
      storedBytes,
      retentionInDays,
      arn,
    ]),
    [[group, 6 * 28, 7, `${arn}:*`]],
  );
  assert.deepEqual((await client.send(new logs.ListTagsForResourceCommand({ resourceArn: arn }))).tags, { b: "2" });
  assert.deepEqual((await client.send(new logs.ListTagsLogGroupCommand({ logGroupName: group }))).tags, { b: "2" });

  await client.send(new logs.DeleteLogGroupCommand({ logGroupName: group }));
  await client.send(new logs.CreateLogGroupCommand({ logGroupName: group }));
  assert.deepEqual((await client.send(new logs.DescribeLogStreamsCommand({ logGroupName: group }))).logStreams, []);
});

test("does not return events after their retention", async (t) => {
  const { client, filter, advance } = await startLogs(t);
  await client.send(new logs.PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 1 }));

  advance(dayMs + 3);

  assert.deepEqual((await filter({})).messages, ["a2", "b2", "a3", "b3"]);
});

test("does not store events that are too old or too new, and reports them", async (t) => {
  const { client, filter } = await startLogs(t, { events: 0 });
  const put = (times: readonly number[]) =>
    client.send(
      new logs.PutLogEventsCommand({
        logGroupName: group,
        logStreamName: "a",
        logEvents: times.map((timestamp) => ({ timestamp, message: String(timestamp - startMs) })),
      }),
    );

  const old = await put([startMs - 14 * dayMs - 1, startMs - 14 * dayMs]);
  const recent = await put([startMs, startMs + 2 * 3_600_000, startMs + 2 * 3_600_000 + 1]);

  assert.deepEqual(old.rejectedLogEventsInfo, { tooOldLogEventEndIndex: 1 });
  assert.deepEqual(recent.rejectedLogEventsInfo, { tooNewLogEventStartIndex: 2 });
  assert.deepEqual((await filter({})).messages, [String(-14 * dayMs), "0", String(2 * 3_600_000)]);
});

const inGroup = { logGroupName: group, logStreamName: "a" };
for (const [name, command, error, message] of [
  [
    "a group that exists",
    new logs.CreateLogGroupCommand({ logGroupName: group }),
    "ResourceAlreadyExistsException",
    "The specified log group already exists",
  ],
  [
    "a stream that exists",
    new logs.CreateLogStreamCommand(inGroup),
    "ResourceAlreadyExistsException",
    "The specified log stream already exists",
  ],
  [
    "a group that does not exist",
    new logs.DescribeLogStreamsCommand({ logGroupName: "x" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  ],
  [
    "a stream that does not exist",
    new logs.GetLogEventsCommand({ logGroupName: group, logStreamName: "x" }),
    "ResourceNotFoundException",
    "The specified log stream does not exist.",
  ],
  [
    "a group name with a space",
    new logs.CreateLogGroupCommand({ logGroupName: "a b" }),
    "InvalidParameterException",
    /^1 validation error detected: Value 'a b' at 'logGroupName'/,
  ],
  [
    "a stream name with a colon",
    new logs.CreateLogStreamCommand({ ...inGroup, logStreamName: "a:b" }),
    "InvalidParameterException",
    /at 'logStreamName'/,
  ],
  [
    "a retention that AWS does not allow",
    new logs.PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 8 }),
    "InvalidParameterException",
    /^1 validation error detected: Value '8'/,
  ],
  [
    "events out of order",
    new logs.PutLogEventsCommand({
      ...inGroup,
      logEvents: [
        { timestamp: startMs + 1, message: "" },
        { timestamp: startMs, message: "" },
      ],
    }),
    "InvalidParameterException",
    /chronological order/,
  ],
  [
    "a batch that is too large",
    new logs.PutLogEventsCommand({ ...inGroup, logEvents: [{ timestamp: startMs, message: "x".repeat(1_048_576) }] }),
    "InvalidParameterException",
    "Upload too large: 1048602 bytes exceeds limit of 1048576",
  ],
  [
    "an empty batch",
    new logs.PutLogEventsCommand({ ...inGroup, logEvents: [] }),
    "InvalidParameterException",
    /'logEvents'/,
  ],
  [
    "an invalid token",
    new logs.GetLogEventsCommand({ ...inGroup, nextToken: "x" }),
    "InvalidParameterException",
    "The specified nextToken is invalid.",
  ],
  [
    "a pattern for JSON",
    new logs.FilterLogEventsCommand({ logGroupName: group, filterPattern: '{ $.a = "b" }' }),
    "InvalidParameterException",
    /not implemented/,
  ],
  ["neither name nor ARN", new logs.FilterLogEventsCommand({}), "InvalidParameterException", /must be specified/],
] as const) {
  test(`rejects ${name} with ${error}`, async (t) => {
    const { client } = await startLogs(t, { events: 0 });

    await assert.rejects(
      // Each row's command is one that this client sends; their union is too wide for its overloads.
      client.send(command as Parameters<typeof client.send>[0]),
      (thrown: Error) => {
        assert.equal(thrown.name, error);
        if (typeof message === "string") assert.equal(thrown.message, message);
        else assert.match(thrown.message, message);
        return true;
      },
    );
  });
}

/** The service alone, as other services use it. */
function startSink(t: TestContext, folder = temporaryDirectory(t)) {
  const store = openStore(folder);
  t.after(() => store.close());
  const clock = { nowMs: () => startMs, elapsedMs: () => startMs };
  const service = createLogs({
    store,
    clock,
    log: silentLog,
    random: randomBytes,
    dataDir: folder,
    publicHost: () => "localhost",
  });
  const { state, operations } = service.service;
  const call = {
    account: "000000000000",
    region: "us-east-1",
    requestId: "r",
    accessKeyId: undefined,
    host: "localhost",
  };
  const where = { account: call.account, region: call.region, group, stream: "a" };
  const bytes = () => state.events.bytes(state.groups.get([call.account, call.region, group])!);
  const messages = async () => {
    const found: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await operations.FilterLogEvents?.({ logGroupName: group, nextToken }, state, call);
      found.push(...(page?.events ?? []).map(({ message }) => message));
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
    return found;
  };
  return { service, where, messages, bytes };
}

test("returns a function's line at once, from a group and stream created for it", async (t) => {
  const { service, where, messages } = startSink(t);

  service.logs.append(where, [{ timestampMs: startMs, message: "START" }]);
  service.logs.append(where, [{ timestampMs: startMs, message: "END" }]);

  assert.deepEqual(await messages(), ["START", "END"]);
});

test("stores buffered lines when the cloud closes, and drops them on reset", async (t) => {
  const { service, where, messages } = startSink(t);
  service.logs.append(where, [{ timestampMs: startMs, message: "kept" }]);
  await service.close?.();
  service.logs.append(where, [{ timestampMs: startMs, message: "dropped" }]);

  await service.reset?.();

  assert.deepEqual(await messages(), ["kept"]);
});

test("keeps only the latest events of a group that exceeds its limit", async (t) => {
  const { service, where, messages, bytes } = startSink(t);
  const line = "x".repeat(1024 * 1024);

  for (let index = 0; index < 40; index++)
    service.logs.append(where, [{ timestampMs: startMs + index, message: `${index} ${line}` }]);

  const kept = (await messages()).map((message) => Number(message?.split(" ")[0]));
  assert.ok(bytes() <= groupBytesMax, String(bytes()));
  assert.equal(kept.at(-1), 39);
  assert.ok(kept.length < 40 && kept[0] === 40 - kept.length, kept.join());
});
