import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { startTestCloud } from "../../test/support/cloud.js";
import { systemClock } from "../base/index.js";
import { connectAws } from "./aws.js";
import { readMetrics } from "./metrics.js";
import { namesOf } from "./names.js";

/** A deployment whose function has written these lines, by log stream. */
async function loggedDeployment(t: TestContext, streams: Readonly<Record<string, readonly string[]>>) {
  const { url: endpoint } = await startTestCloud(t);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const time = { clock: systemClock, sleep: async () => {} };
  const aws = await connectAws({ endpoint, region: "us-east-1", credentials, ...time });
  t.after(() => aws.close());
  const names = namesOf("iris", aws.place);
  const logGroupName = names.logGroup;
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName }));
  for (const [logStreamName, messages] of Object.entries(streams)) {
    const timestamp = systemClock.nowMs() - 60_000;
    const logEvents = messages.map((message, index) => ({ timestamp: timestamp + index, message }));
    await aws.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    if (logEvents.length > 0) await aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
  return { aws, names };
}

const sinceMs = systemClock.nowMs() - 3_600_000;
const report = (durationMs: number, rest = "") =>
  `REPORT RequestId: 8f5a\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t${rest}\n`;

test("counts requests, failures and cold starts by version, with percentiles of the duration", async (t) => {
  const context = await loggedDeployment(t, {
    "2026/11/28/[1]aaa": [
      report(100, "Init Duration: 200.00 ms\t"),
      ...Array.from({ length: 98 }, () => report(2)),
      report(40),
    ],
    "2026/11/28/[2]bbb": [
      report(3, "Init Duration: 180.00 ms\t"),
      'invalid input: input-shape {"row":1}\n',
      report(1),
      "prediction failed: TypeError: x is undefined\n",
      report(1),
      report(3000, "Status: timeout\t"),
      report(5, "Status: error\tError Type: Runtime.ExitError\t"),
    ],
  });
  let lines = 0;

  const metrics = await readMetrics(context, { sinceMs }, (more) => (lines += more));

  assert.deepEqual(metrics, [
    {
      ...{ version: "1", requests: 100, errors: 0, rejected: 0, coldStarts: 1 },
      ...{ billedMs: 336, memoryUsedMb: 90, p50Ms: 2, p95Ms: 2, p99Ms: 40 },
    },
    {
      ...{ version: "2", requests: 5, errors: 3, rejected: 1, coldStarts: 1 },
      ...{ billedMs: 3010, memoryUsedMb: 90, p50Ms: 3, p95Ms: 3000, p99Ms: 3000 },
    },
  ]);
  assert.equal(lines, 107);
});

for (const [name, messages, errors] of [
  ["Python's exceptions", ["[ERROR] ValueError: x\nTraceback (most recent call last):\n", report(1), report(1)], 1],
  [
    "Node's exceptions",
    ['2026-11-28T09:00:00.000Z\t8f5a\tERROR\tInvoke Error \t{"errorType":"Error"}\n', report(1)],
    1,
  ],
  [
    "no line that a logger wrote",
    ["[ERROR]\t2026-11-28T09:00:00.000Z\t8f5a\tslow\n", "x\t8f5a\tERROR\tslow\n", report(1)],
    0,
  ],
  ["no invocation without its report", ["[ERROR] ValueError: x\n"], undefined],
  [
    "reports in JSON",
    [
      '{"time":"2026-11-28T09:00:00.000Z","type":"platform.report","record":{"requestId":"8f5a","status":"error","metrics":{"durationMs":7.5,"billedDurationMs":8,"memorySizeMB":128,"maxMemoryUsedMB":90}}}\n',
    ],
    1,
  ],
  [
    "no report that a function printed by half",
    ["REPORT RequestId: x", '{"type":"platform.report"', '["platform.report"]'],
    undefined,
  ],
] as const) {
  test(`counts ${name}`, async (t) => {
    const context = await loggedDeployment(t, { "2026/11/28/[$LATEST]aaa": messages });

    const [metrics] = await readMetrics(context, { sinceMs });

    assert.equal(metrics?.errors, errors);
  });
}

test("returns no version for a period without requests, and an error without a log", async (t) => {
  const context = await loggedDeployment(t, { "2026/11/28/[1]aaa": [report(1)] });

  assert.deepEqual(await readMetrics(context, { sinceMs: systemClock.nowMs() }), []);
  const unknown = { aws: context.aws, names: namesOf("other", context.aws.place) };
  await assert.rejects(readMetrics(unknown, { sinceMs }), { code: "deployment-unknown" });
});
