import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { undefinedOn, withAwsErrors } from "./aws-errors.js";
import { unknownDeployment } from "./destroy.js";
import type { Context } from "./resources/resource.js";

export interface LogLine {
  readonly timestampMs: number;
  readonly stream: string;
  readonly message: string;
}

interface LogQuery {
  /** The time of the oldest line to return, in ms since 1970. */
  readonly sinceMs: number;
  /** CloudWatch's filter pattern: terms, or quoted strings. */
  readonly filter?: string;
}

/** Delay between two requests for new lines. CloudWatch allows 5 (in some regions 10) such requests a second. */
const followDelayMs = 1_000;

/** The function's log, oldest first. @throws DeployError "deployment-unknown" when the log group does not exist */
export async function readLogs(context: Context, query: LogQuery): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const page of readLogLines(context, query)) lines.push(...page);
  return lines;
}

/** The same in pages, for logs that are larger than the memory. */
export async function* readLogLines(context: Context, { sinceMs, filter }: LogQuery): AsyncGenerator<LogLine[]> {
  const { aws, names } = context;
  let nextToken: string | undefined;
  do {
    const input = { logGroupName: names.logGroup, startTime: sinceMs, filterPattern: filter, nextToken };
    const response = await withAwsErrors(`Reading the log of ${names.deployment}`, () =>
      undefinedOn(["ResourceNotFoundException"], aws.logs.send(new FilterLogEventsCommand(input))),
    );
    if (!response) throw unknownDeployment(context);
    yield (response.events ?? []).map(({ timestamp = 0, logStreamName = "", message = "" }) => ({
      timestampMs: timestamp,
      stream: logStreamName,
      message,
    }));
    nextToken = response.nextToken;
  } while (nextToken !== undefined);
}

/** The lines of the log, then new ones as they are written, until `stop` is aborted. */
export async function* followLogs(context: Context, query: LogQuery, stop: AbortSignal): AsyncGenerator<LogLine> {
  let { sinceMs } = query;
  // The next request returns the lines of the newest millisecond again.
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
    if (!stop.aborted) await context.aws.sleep(followDelayMs);
  }
}
