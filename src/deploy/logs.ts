import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { absentAs, explaining } from "./aws-errors.js";
import { unknownDeployment } from "./destroy.js";
import type { Context } from "./resources/resource.js";

export interface LogLine {
  readonly timestampMs: number;
  readonly stream: string;
  readonly message: string;
}

export interface LogQuery {
  /** The time of the oldest line wanted, in ms since 1970. */
  readonly sinceMs: number;
  /** CloudWatch's filter pattern: terms, or quoted text. */
  readonly filter?: string;
}

/** How often a followed log is read again. CloudWatch allows 5 (in some regions 10) such requests a second. */
const followPauseMs = 1_000;

/** The function's log, oldest first. @throws DeployError "deployment-unknown" when there is no log group. */
export async function readLogs(context: Context, { sinceMs, filter }: LogQuery): Promise<LogLine[]> {
  const { aws, names } = context;
  return explaining(`Reading the log of ${names.deployment}`, async () => {
    const lines: LogLine[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await absentAs(
        ["ResourceNotFoundException"],
        aws.logs.send(
          new FilterLogEventsCommand({
            logGroupName: names.logGroup,
            startTime: sinceMs,
            filterPattern: filter,
            nextToken,
          }),
        ),
      );
      if (!answer) throw unknownDeployment(context);
      for (const { timestamp = 0, logStreamName = "", message = "" } of answer.events ?? []) {
        lines.push({ timestampMs: timestamp, stream: logStreamName, message });
      }
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return lines;
  });
}

/** The lines of the log, those that are there and those that come, until `stop` is aborted. */
export async function* followLogs(context: Context, query: LogQuery, stop: AbortSignal): AsyncGenerator<LogLine> {
  let { sinceMs } = query;
  // Lines of the newest millisecond come again with the next reading.
  let seen = new Set<string>();
  while (!stop.aborted) {
    for (const line of await readLogs(context, { ...query, sinceMs })) {
      const key = `${line.timestampMs} ${line.stream} ${line.message}`;
      if (seen.has(key)) continue;
      if (line.timestampMs > sinceMs) {
        sinceMs = line.timestampMs;
        seen = new Set();
      }
      seen.add(key);
      yield line;
    }
    if (!stop.aborted) await context.aws.sleep(followPauseMs);
  }
}
