// What the invocations of a deployment's function cost and how they ended, from the lines that Lambda writes into its
// log group. The same on AWS and in a local cloud; no metric of CloudWatch is required, so that nothing is billed.

import { type LogLine, readLogLines } from "./logs.js";
import type { Context } from "./resources/resource.js";

/** The invocations of one version of the function. */
export interface VersionMetrics {
  /** "$LATEST" or the number of a published version. */
  readonly version: string;
  readonly requests: number;
  /** Invocations that failed: an exception, a crash, a time-out. */
  readonly errors: number;
  /** Invocations whose request a model rejected with status 400. */
  readonly rejected: number;
  /** Invocations that waited for the initialization of an execution environment. */
  readonly coldStarts: number;
  readonly billedMs: number;
  /** Duration of the handler in ms: the smallest one that at least this share of the invocations did not exceed. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** The largest amount of memory that an invocation used. */
  readonly memoryUsedMb: number;
}

/** The end of one invocation. */
interface Report {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryUsedMb: number;
  readonly isColdStart: boolean;
  readonly isFailed: boolean;
}

type Failure = "errors" | "rejected";

/** Lines without one of these terms say nothing about an invocation's end: most of a busy log is not transferred. */
const filter = '?"REPORT RequestId" ?"platform.report" ?ERROR ?"prediction failed: " ?"invalid input: "';

/** What runtimes and Tepal's function log about an invocation that does not end the execution environment. */
const failureLines: readonly (readonly [RegExp, Failure])[] = [
  [/^invalid input: /, "rejected"],
  [/^prediction failed: /, "errors"],
  // Python; lines of a logger have a tab after the level.
  [/^\[ERROR\] \S+/, "errors"],
  // Node.js
  [/\tERROR\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)/, "errors"],
];

/**
 * The metrics of the invocations since a time, by version; the newest version last.
 * @param onLines called with the number of lines read, for progress
 * @throws DeployError "deployment-unknown" when the log group does not exist
 */
export async function readMetrics(
  context: Context,
  { sinceMs }: { readonly sinceMs: number },
  onLines: (lines: number) => void = () => {},
): Promise<VersionMetrics[]> {
  const tallies = new Map<string, Tally>();
  /** By log stream, which one execution environment writes: the failure of the invocation whose end comes next. */
  const failures = new Map<string, Failure>();
  for await (const page of readLogLines(context, { sinceMs, filter })) {
    for (const line of page) addLine(line, tallies, failures);
    onLines(page.length);
  }
  return [...tallies]
    .sort(([a], [b]) => (Number(a) || 0) - (Number(b) || 0))
    .map(([version, tally]) => metricsOf(version, tally));
}

interface Tally {
  readonly durations: number[];
  errors: number;
  rejected: number;
  coldStarts: number;
  billedMs: number;
  memoryUsedMb: number;
}

function addLine({ stream, message }: LogLine, tallies: Map<string, Tally>, failures: Map<string, Failure>): void {
  const report = reportOf(message);
  if (!report) {
    const failure = failureLines.find(([form]) => form.test(message))?.[1];
    if (failure) failures.set(stream, failure);
    return;
  }
  // "2026/11/28/[3]0f1e...", with the function's name before the bracket in some regions.
  const version = /\[([^\]]+)\]/.exec(stream)?.[1] ?? "$LATEST";
  const tally = tallies.get(version) ?? {
    durations: [],
    errors: 0,
    rejected: 0,
    coldStarts: 0,
    billedMs: 0,
    memoryUsedMb: 0,
  };
  tallies.set(version, tally);
  const failure = report.isFailed ? "errors" : failures.get(stream);
  failures.delete(stream);
  if (failure) tally[failure]++;
  tally.durations.push(report.durationMs);
  tally.billedMs += report.billedMs;
  tally.memoryUsedMb = Math.max(tally.memoryUsedMb, report.memoryUsedMb);
  if (report.isColdStart) tally.coldStarts++;
}

/** A REPORT line, as text or as JSON (the function's log format). */
function reportOf(message: string): Report | undefined {
  if (message.startsWith("REPORT RequestId: ")) {
    const number = (name: string) => Number(new RegExp(`\\t${name}: ([\\d.]+) `).exec(message)?.[1]);
    const durationMs = number("Duration");
    if (!Number.isFinite(durationMs)) return undefined;
    return {
      durationMs,
      billedMs: number("Billed Duration") || 0,
      memoryUsedMb: number("Max Memory Used") || 0,
      isColdStart: message.includes("\tInit Duration: ") || message.includes("\tRestore Duration: "),
      isFailed: message.includes("\tStatus: "),
    };
  }
  if (!message.includes('"platform.report"')) return undefined;
  const { record = {} } = objectOf(message);
  const { metrics = {}, status } = record;
  const { durationMs, billedDurationMs = 0, maxMemoryUsedMB = 0, initDurationMs } = metrics;
  if (typeof durationMs !== "number") return undefined;
  return {
    durationMs,
    billedMs: billedDurationMs,
    memoryUsedMb: maxMemoryUsedMB,
    isColdStart: initDurationMs !== undefined,
    isFailed: status !== undefined && status !== "success",
  };
}

interface PlatformReport {
  readonly record?: {
    readonly status?: string;
    readonly metrics?: Readonly<
      Partial<Record<"durationMs" | "billedDurationMs" | "maxMemoryUsedMB" | "initDurationMs", number>>
    >;
  };
}

/** What a function prints can look like a report: anything else than an object counts as an empty one. */
function objectOf(message: string): PlatformReport {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function metricsOf(version: string, { durations, ...counts }: Tally): VersionMetrics {
  const sorted = durations.sort((a, b) => a - b);
  const percentile = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
  return {
    version,
    requests: sorted.length,
    ...counts,
    p50Ms: percentile(50),
    p95Ms: percentile(95),
    p99Ms: percentile(99),
  };
}
